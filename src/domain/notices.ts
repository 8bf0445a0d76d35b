import { z } from 'zod';
import { FleetFailure } from './failures/failure.ts';
import { FleetOrderId, FleetUserId, RequestId, SlackUserId } from './ids.ts';
import { StatusReader } from './orders/follow.ts';
import { Person } from './people/people.ts';
import { CopyPlace, Despite } from './request/request.ts';
import { type SettingName, Settings } from './settings/settings.ts';
import { type DeepReadonly, looseObject, openEnum } from './vocabulary.ts';

export const NoticeTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), slackUserId: SlackUserId }),
  z.object({ kind: z.literal('admins') }),
  /** Everyone who can approve now, or could by the previous list. */
  z.object({ kind: z.literal('approvers'), before: Settings.shape.approvers }),
]);
export type NoticeTo = DeepReadonly<z.infer<typeof NoticeTo>>;

/** The request that a notice is about. `devices`: how many. Names are from people: escape them. */
export const RequestFacts = z.object({
  fleetOrderId: FleetOrderId,
  /** A cart can be sent again. Left out: queued by an older release. */
  requestId: RequestId.exactOptional(),
  devices: z.number(),
  requester: z.string(),
});
export type RequestFacts = DeepReadonly<z.infer<typeof RequestFacts>>;

const about = RequestFacts;
const reader = z.enum(['requester', 'approver']);
/** Fleet couldn't be asked yet whether nothing was ordered. */
const isBeingChecked = z.literal(true).exactOptional();

/** A message about a request, to its requester or its approver. */
export const RequestNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request_ordered'), about, signatoryConfirmed: z.boolean() }),
  z.object({ kind: z.literal('request_declined'), about, by: z.string(), reason: z.string(), isBeingChecked }),
  z.object({ kind: z.literal('changes_requested'), about, by: z.string(), wish: z.string(), isBeingChecked }),
  z.object({ kind: z.literal('request_withdrawn'), about, by: z.string(), isBeingChecked }),
  z.object({ kind: z.literal('request_expired'), about, reader, isBeingChecked }),
  /** `put_away`: archived or failed, and Fleet doesn't say whether it was ordered. */
  z.object({ kind: z.literal('closed_elsewhere'), about, reader, how: z.enum(['ordered', 'gone', 'put_away']) }),
  /** Fleet ordered it although they were told that it wouldn't be. */
  z.object({ kind: z.literal('ordered_after_all'), about, reader, despite: Despite }),
  z.object({ kind: z.literal('cart_differs'), about }),
  z.object({ kind: z.literal('fleet_refused'), about, reader }),
  z.object({ kind: z.literal('reminder'), about, expiresAt: z.number() }),
  /** `lost`: the approver who can't be reached or may no longer sign. */
  z.object({ kind: z.literal('approver_needed'), about, lost: z.string() }),
  z.object({ kind: z.literal('may_not_sign'), about }),
  z.object({ kind: z.literal('eligibility_unclear'), about }),
  /** The requester left or became another Fleet user, and must not purchase in the former one's name. */
  z.object({ kind: z.literal('requester_changed'), about }),
  z.object({ kind: z.literal('asked_again'), about }),
  /** To the requester: the approver `by` asked `to` in their place. */
  z.object({ kind: z.literal('reassigned'), about, by: z.string(), to: z.string() }),
  z.object({ kind: z.literal('deputy_asked'), about, deputy: z.string(), away: z.string() }),
  z.object({ kind: z.literal('request_restored'), about, reader }),
  /** `about.devices` is not known. */
  z.object({ kind: z.literal('request_replaced'), about, reader }),
]);
export type RequestNotice = DeepReadonly<z.infer<typeof RequestNotice>>;

/** A message as it was sent. Once what it says has passed, it's rewritten. */
export const ToldMessage = looseObject({ ...CopyPlace.shape, to: SlackUserId, notice: RequestNotice });
export type ToldMessage = DeepReadonly<z.infer<typeof ToldMessage>>;

/** A message as data: the views word it when it's sent. No address, and nothing its reader may not see. */
export const Notice = z.discriminatedUnion('kind', [
  RequestNotice,
  /** For admins: Fleet refused in a way that only they can settle. */
  z.object({
    kind: z.literal('fleet_needs_admin'),
    failure: FleetFailure,
    about: Person.nullable(),
    fleetOrderId: FleetOrderId.nullable(),
  }),
  /** For admins: Fleet does not accept the key, so ordering pauses. With **Try again**. */
  z.object({ kind: z.literal('ordering_paused'), failure: FleetFailure }),
  /** An order moved to a status that needs action or is worth knowing. */
  z.object({
    kind: z.literal('order_status'),
    reader: StatusReader,
    fleetOrderId: FleetOrderId,
    clientStatus: z.string(),
    requester: Person,
  }),
  /** For admins: the approver of a request cannot be reached or may no longer sign. */
  z.object({ kind: z.literal('approver_gone'), requestId: RequestId, approver: Person, requester: Person }),
  /** For admins: the announcement channel does not take our messages. */
  z.object({ kind: z.literal('announcements_refused') }),
  /** To everyone who can approve now or could before. `by` null: their name isn't known. */
  z.object({
    kind: z.literal('signing_settings_changed'),
    by: z.string().nullable(),
    changed: z.array(openEnum<SettingName>()),
  }),
  /** To the person whom an admin linked to a Fleet user. */
  z.object({ kind: z.literal('person_linked'), fleetUserId: FleetUserId, name: z.string() }),
]);
export type Notice = DeepReadonly<z.infer<typeof Notice>>;

/** Plain text that an older release worded when it queued it. Only the queue yields one: nothing here can write another. */
export const OldSentence = z.object({
  kind: z.literal('sentence'),
  text: z.string().brand<'QueuedByAnOlderRelease'>(),
});
export type OldSentence = DeepReadonly<z.infer<typeof OldSentence>>;

export const QueuedNotice = z.discriminatedUnion('kind', [Notice, OldSentence]);
export type QueuedNotice = Notice | OldSentence;
