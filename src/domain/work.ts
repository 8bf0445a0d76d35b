import { z } from 'zod';
import { ChangeId, FleetOrderId, FleetProductId, RequestId, SlackUserId, SlackViewId, WorkspaceId } from './ids.ts';
import { OrderLine, RowKey } from './line.ts';
import { NoticeTo, QueuedNotice } from './notices.ts';
import { ModalCarry, OrderChoice } from './order-form/choice.ts';
import { CardValue } from './request/request.ts';
import type { DeepReadonly } from './vocabulary.ts';

/** Work stops when Slack revokes the token or the app is removed, until Slack accepts the token again. */
export const Stop = z.object({ why: z.enum(['tokens_revoked', 'app_uninstalled']), since: z.number() });
export type Stop = DeepReadonly<z.infer<typeof Stop>>;

/** How long a workspace's data outlives its token. */
export const KEPT_AFTER_REVOKING_MS = 30 * 24 * 60 * 60 * 1000;

export const CartChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), choice: OrderChoice }),
  /** Replaces `row` with the choice, in its quantity. */
  z.object({ kind: z.literal('edit'), row: RowKey, choice: OrderChoice }),
  z.object({ kind: z.literal('remove'), row: RowKey }),
  /** A device in Fleet that we have no line for (Redis was lost): the form asked for what Fleet doesn't return. */
  z.object({ kind: z.literal('complete_found'), productId: FleetProductId, choice: OrderChoice }),
  z.object({ kind: z.literal('remove_found'), productId: FleetProductId.nullable() }),
  /** `CART_ALREADY_EXISTS`: the person chose to replace the existing cart's contents with what they were adding. */
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
    /** The chosen device as the form showed it, until Fleet has it. Left out: it couldn't be looked up in time. */
    line: OrderLine.exactOptional(),
    /** Of the modal when it was accepted: a later action has put something else there. */
    generation: z.string().exactOptional(),
    /** When a submission was acknowledged with a view, which Slack may show after what we draw. */
    acknowledgedAt: z.number().exactOptional(),
  }),
  z.object({
    kind: z.literal('send_request'),
    tenant,
    slackUserId,
    changeId,
    approverSlackUserId: SlackUserId,
    note: z.string(),
    /** Digest of what the person saw when sending: rows, mode and total. */
    seen: z.string(),
    viewId,
    acknowledgedAt: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('carry_out_approval'), tenant, requestId }),
  z.object({
    kind: z.literal('look_up_unconfirmed'),
    tenant,
    requestId,
    /** A look-up outside the planned series: it plans no other, and only finds out whether the cart was ordered. */
    isExtra: z.boolean().exactOptional(),
  }),
  /** Brings every copy of the card up to the request's revision. */
  z.object({ kind: z.literal('update_cards'), tenant, requestId }),
  z.object({ kind: z.literal('remind'), tenant, requestId }),
  z.object({ kind: z.literal('expire'), tenant, requestId }),
  /** Asks Fleet whether nothing was ordered, before people are told how a request ended. */
  z.object({ kind: z.literal('check_ending'), tenant, requestId }),
  /** A message to people who must be told something, or whom we couldn't answer where they pressed. */
  z.object({ kind: z.literal('notify'), tenant, to: NoticeTo, notice: QueuedNotice }),
  /** `notify` as the previous release queues it. Its workers drop notices they can't word, but leave us new kinds of work. */
  z.object({ kind: z.literal('tell'), tenant, to: NoticeTo, notice: QueuedNotice }),
  /** A card that Redis doesn't know was pressed: rebuilds the request from the card and from Fleet. */
  z.object({
    kind: z.literal('rebuild_request'),
    tenant,
    card: CardValue,
    pressedBy: SlackUserId,
    /** When it was pressed: the longer Fleet doesn't answer, the less often we ask. */
    since: z.number().exactOptional(),
  }),
  /** Slack says that something about a person changed. */
  z.object({ kind: z.literal('person_changed'), tenant, slackUserId }),
  /** Erases the data, unless the app is back by then. */
  z.object({ kind: z.literal('erase_workspace'), tenant, stop: Stop }),
  /** Adds a person or an address in Fleet. What it says is sealed in the task. */
  z.object({ kind: z.literal('save_in_fleet'), tenant, taskId: z.string() }),
  z.object({ kind: z.literal('refresh_directory'), tenant }),
  z.object({ kind: z.literal('follow_orders'), tenant }),
  z.object({ kind: z.literal('publish_home'), tenant, slackUserId }),
]);
export type Work = DeepReadonly<z.infer<typeof Work>>;

/**
 * Accepted work. It is written to Redis by the same script as the change that causes it, and moves to the queue from
 * there: docs/decisions/0004-accepted-first.md.
 */
export const WorkItem = z.object({
  /** Identifies the work: the same id is carried out once. Only letters, digits, `-`, `_` and `.`. */
  id: z.string(),
  /** Epoch milliseconds. Absent: at once. */
  notBefore: z.number().exactOptional(),
  work: Work,
});
export type WorkItem = DeepReadonly<z.infer<typeof WorkItem>>;
