import { z } from 'zod';
import type { SlackUserId } from '../domain/ids.ts';
import type { ServiceContext } from './context.ts';

/** Whose modal it is, and which. */
interface ModalOf {
  readonly slackUserId: SlackUserId;
  /** `callback_id` */
  readonly view: string;
}

type Sealing = Pick<ServiceContext, 'seal' | 'workspaceId'>;

/** `memory` is a JSON object. What it says counts for this person in this modal only. */
export function sealModal({ seal, workspaceId }: Sealing, { slackUserId, view }: ModalOf, memory: string): string {
  return seal.sign('modal', JSON.stringify({ ...JSON.parse(memory), for: [workspaceId, slackUserId, view] }));
}

const Sealed = z.object({ for: z.unknown() });

/**
 * The text that was sealed. Null: not by us, or for someone else or another modal. The previous release's memory says
 * nothing of that, and lives only as long as its modal is open.
 */
export function openModal({ seal, workspaceId }: Sealing, of: ModalOf, metadata: string): string | null {
  const text = seal.open('modal', metadata);
  if (text === null) return null;
  const sealed = Sealed.safeParse(jsonOf(text)).data?.for;
  const isOfThis = JSON.stringify(sealed) === JSON.stringify([workspaceId, of.slackUserId, of.view]);
  return sealed === undefined || isOfThis ? text : null;
}

/** The previous release's settings are no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
