import { z } from 'zod';
import { FleetFailure } from './failures/fleet-failure.ts';
import { FleetOrderId, RequestId, SlackUserId } from './ids.ts';
import { Person } from './people/people.ts';
import type { DeepReadonly } from './schema.ts';
import { Settings } from './settings/settings.ts';
import { StatusReader } from './tracking/follow-order.ts';

export const NoticeTo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), slackUserId: SlackUserId }),
  z.object({ kind: z.literal('admins') }),
  /** Everybody who may sign, and everybody who could by the list of before. */
  z.object({ kind: z.literal('approvers'), before: Settings.shape.approvers }),
]);
export type NoticeTo = DeepReadonly<z.infer<typeof NoticeTo>>;

/** A message to somebody, as data: the views put it into words. */
export const Notice = z.discriminatedUnion('kind', [
  /** A sentence that a view function made when the work was accepted (already plain text, to be escaped when shown). */
  z.object({ kind: z.literal('sentence'), text: z.string() }),
  /** For admins: Fleet refused in a way that only they can settle. */
  z.object({
    kind: z.literal('fleet_needs_admin'),
    failure: FleetFailure,
    about: Person.nullable(),
    fleetOrderId: FleetOrderId.nullable(),
  }),
  /** For admins: Fleet does not accept the key, so ordering pauses. With **Try again**. */
  z.object({ kind: z.literal('ordering_paused'), failure: FleetFailure }),
  /** Fleet moved an order to where somebody has to do something, or wants to know of it. */
  z.object({
    kind: z.literal('order_status'),
    reader: StatusReader,
    fleetOrderId: FleetOrderId,
    clientStatus: z.string(),
    requester: Person,
  }),
  /** For admins: the approver of a request cannot be reached or may no longer sign. */
  z.object({ kind: z.literal('approver_gone'), requestId: RequestId, approver: Person, requester: Person }),
]);
export type Notice = DeepReadonly<z.infer<typeof Notice>>;
