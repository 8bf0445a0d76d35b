import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackChannelId, SlackMessageTs, SlackUserId } from '../domain/ids.ts';
import { CardModalMemory } from '../domain/request/signed-card.ts';
import type { CardPress, PressedSide } from '../services/signature/card-value.ts';
import type { Tenant } from './deps.ts';

export type PressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Who pressed is from Slack's signed payload; the button's value is only what the card says, and signed by us. */
export function cardPress({ action, body }: PressArgs, side: PressedSide): CardPress {
  const slackUserId = body.user.id as SlackUserId;
  return { value: action.value ?? '', surface: surfaceOf(body), slackUserId, side, copy: pressedCopy(body) };
}

function surfaceOf({ view, container }: BlockButtonAction): CardPress['surface'] {
  if (view !== undefined) return view.type === 'home' ? 'home' : 'modal';
  return isEphemeral(container) ? 'command' : 'card';
}

function isEphemeral(container: BlockButtonAction['container']): boolean {
  return 'is_ephemeral' in container && container.is_ephemeral === true;
}

/** Null where there is no message that stays: a modal, the Home tab, an ephemeral answer. */
function pressedCopy({ container, channel, message }: BlockButtonAction): CardPress['copy'] {
  if (isEphemeral(container) || channel === undefined || message === undefined) return null;
  return { channel: channel.id as SlackChannelId, ts: message.ts as SlackMessageTs };
}

/** What a modal that a card's button opened carries, signed: which card, and where it stands. */
export function cardMetadata({ context }: Tenant, { value, copy }: CardPress): string {
  return context.seal.sign('modal', JSON.stringify({ card: value, copy }));
}

/** Of metadata that is not ours (any more) a press comes out that every service refuses. */
export function submittedPress(
  { context }: Tenant,
  {
    slackUserId,
    side,
    metadata,
  }: { readonly slackUserId: string; readonly side: PressedSide; readonly metadata: string },
): CardPress {
  const text = context.seal.open('modal', metadata);
  const parsed = CardModalMemory.safeParse(text === null ? null : JSON.parse(text));
  const { card, copy } = parsed.success ? parsed.data : { card: '', copy: null };
  return {
    value: card,
    surface: 'modal',
    slackUserId: slackUserId as SlackUserId,
    side,
    copy,
  };
}
