import { z } from 'zod';
import { ChangeId, FleetOrderId, FleetProductId, RequestId, SlackUserId, SlackViewId, WorkspaceId } from './ids.ts';
import { RowKey } from './line.ts';
import { NoticeTo, QueuedNotice } from './notices.ts';
import { OrderChoice } from './order-form/choice.ts';
import { ModalCarry } from './order-form/state.ts';
import { CardValue } from './request/request.ts';
import type { DeepReadonly } from './schema.ts';

/** Work for the workspace stops: Slack took the token away, or the app was removed. Ends when Slack takes the token again. */
export const Stop = z.object({ why: z.enum(['tokens_revoked', 'app_uninstalled']), since: z.number() });
export type Stop = DeepReadonly<z.infer<typeof Stop>>;

/** How long a workspace's data outlives its token. */
export const KEPT_AFTER_REVOKING_MS = 30 * 24 * 60 * 60 * 1000;

export const CartChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), choice: OrderChoice }),
  /** `row` is replaced by what is chosen now, in the quantity chosen now. */
  z.object({ kind: z.literal('edit'), row: RowKey, choice: OrderChoice }),
  z.object({ kind: z.literal('remove'), row: RowKey }),
  /** A device that Fleet holds and we do not know (Redis was lost): what Fleet does not return was asked for. */
  z.object({ kind: z.literal('complete_found'), productId: FleetProductId, choice: OrderChoice }),
  z.object({ kind: z.literal('remove_found'), productId: FleetProductId.nullable() }),
  /** `CART_ALREADY_EXISTS`: the person chose to replace the existing cart's contents by what they were adding. */
  z.object({ kind: z.literal('replace_existing'), fleetOrderId: FleetOrderId, choice: OrderChoice }),
]);
export type CartChange = DeepReadonly<z.infer<typeof CartChange>>;

const tenant = WorkspaceId;
const requestId = RequestId;
const slackUserId = SlackUserId;
const changeId = ChangeId;
/** The modal that waits for the outcome. */
const viewId = SlackViewId.nullable();

export const Work = z.discriminatedUnion('kind', [
  /** A submitted modal or a button in one that changes the cart. */
  z.object({
    kind: z.literal('change_cart'),
    tenant,
    slackUserId,
    changeId,
    change: CartChange,
    carry: ModalCarry,
    viewId,
  }),
  z.object({
    kind: z.literal('send_request'),
    tenant,
    slackUserId,
    changeId,
    approverSlackUserId: SlackUserId,
    note: z.string(),
    /** What the person saw when sending: fingerprint of rows, mode and total. */
    seen: z.string(),
    viewId,
  }),
  z.object({ kind: z.literal('carry_out_approval'), tenant, requestId }),
  z.object({
    kind: z.literal('look_up_unconfirmed'),
    tenant,
    requestId,
    /** One look besides those that are planned: it plans none, and only finds out whether it was ordered. */
    isExtra: z.boolean().exactOptional(),
  }),
  /** Bring every copy of the card up to the request's revision. */
  z.object({ kind: z.literal('update_cards'), tenant, requestId }),
  z.object({ kind: z.literal('remind'), tenant, requestId }),
  z.object({ kind: z.literal('expire'), tenant, requestId }),
  /** A message to people who must be told something, or could not be answered where they pressed. */
  z.object({ kind: z.literal('notify'), tenant, to: NoticeTo, notice: QueuedNotice }),
  /** `notify` as the previous release queued it. Its workers drop a notice they can't word, but leave us a new kind of work. */
  z.object({ kind: z.literal('tell'), tenant, to: NoticeTo, notice: QueuedNotice }),
  /** A card that Redis did not know was pressed: rebuild the request from what the card carries and from Fleet. */
  z.object({
    kind: z.literal('rebuild_request'),
    tenant,
    card: CardValue,
    pressedBy: SlackUserId,
    /** When it was pressed: the longer Fleet does not answer, the more seldom it is asked. */
    since: z.number().exactOptional(),
  }),
  /** Slack said that something about a person changed. */
  z.object({ kind: z.literal('person_changed'), tenant, slackUserId }),
  /** The data goes, unless the app is back by then. */
  z.object({ kind: z.literal('erase_workspace'), tenant, stop: Stop }),
  z.object({ kind: z.literal('refresh_directory'), tenant }),
  z.object({ kind: z.literal('follow_orders'), tenant }),
  z.object({ kind: z.literal('publish_home'), tenant, slackUserId }),
]);
export type Work = DeepReadonly<z.infer<typeof Work>>;

/**
 * What was accepted and is still to be done. It is written to Redis in the same script as the change that asks for it,
 * and handed to the queue from there: docs/decisions/0004-accepted-first.md.
 */
export const WorkItem = z.object({
  /** Unique for what it asks: the same item twice is carried out once. Letters, digits, `-`, `_` and `.` only. */
  id: z.string(),
  /** Epoch milliseconds; left out: at once. */
  notBefore: z.number().exactOptional(),
  work: Work,
});
export type WorkItem = DeepReadonly<z.infer<typeof WorkItem>>;
