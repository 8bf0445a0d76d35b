import type { SlackViewId } from '../domain/ids.ts';
import type { SlackFailure } from '../slack/slack.ts';
import type { ModalView } from '../views/surfaces.ts';
import type { Tenant } from './deps.ts';

/** An open modal and what was done in it: whoever acts later on it is newer. */
export interface OpenModal {
  readonly viewId: SlackViewId;
  readonly hash: string;
  /** `action_ts`; `opening` for what fills it the first time. */
  readonly turn: string;
  /** True: somebody has been filling it in. */
  readonly isForm: boolean;
}

export const opening = '0';

const LONGEST_WAIT_MS = 3000;

/**
 * Draws into the modal as long as nothing newer was done in it. False: somebody else draws now, or it is closed; then
 * there is nothing more to do for it, and nothing to tell anybody.
 */
export type Draw = (view: ModalView) => Promise<boolean>;

export function drawingInto(tenant: Tenant, { viewId, hash, turn }: OpenModal): Draw {
  // Each drawing builds on the one before: whoever drew in between makes Slack refuse ours.
  let known: string | undefined = hash;
  return async (view) => {
    for (let tries = 0; tries < 3; tries += 1) {
      if (!(await tenant.context.store.isTurn(viewId, turn))) return false;
      const drawn = await tenant.slack.updateModal(viewId, view, known);
      if (drawn.ok) {
        known = drawn.value.hash;
        return true;
      }
      if (drawn.failure.kind === 'gone') return false;
      // An older drawing came in between; ours is the newest, so it replaces whatever is there.
      if (drawn.failure.kind === 'stale_view') known = undefined;
      else if (!(await mayTryAgain(tenant, drawn.failure))) throw new ModalNotDrawn(drawn.failure.kind);
    }
    throw new ModalNotDrawn('unavailable');
  };
}

/** Slack did not take it: the person looks at a modal that never changes, so somebody must say so elsewhere. */
export class ModalNotDrawn extends Error {
  override name = 'ModalNotDrawn';
  readonly kind: SlackFailure['kind'];
  constructor(kind: SlackFailure['kind']) {
    super(`modal not drawn: ${kind}`);
    this.kind = kind;
  }
}

async function mayTryAgain({ context }: Tenant, failure: SlackFailure): Promise<boolean> {
  if (failure.kind === 'rate_limited') {
    await context.sleep(Math.min(failure.retryAfterMs, LONGEST_WAIT_MS));
    return true;
  }
  if (failure.kind !== 'unavailable') return false;
  await context.sleep(500);
  return true;
}
