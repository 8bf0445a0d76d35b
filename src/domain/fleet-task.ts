import { z } from 'zod';
import { NewAddress } from './catalog/new-address.ts';
import { FleetFailure } from './failures/failure.ts';
import { FleetUserId, SlackUserId } from './ids.ts';
import { NewColleague } from './people/people.ts';
import type { DeepReadonly } from './vocabulary.ts';

/** What a person asked us to add in Fleet, once. */
export const FleetTaskAsked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add_colleague'), colleague: NewColleague }),
  /** `owner` null: everyone in the company may use it. */
  z.object({ kind: z.literal('add_address'), address: NewAddress, owner: FleetUserId.nullable() }),
]);
export type FleetTaskAsked = DeepReadonly<z.infer<typeof FleetTaskAsked>>;

/** The field of the form that Fleet rejected. Null: none in particular. */
const field = z.enum(['email', 'country']).nullable();

export const FleetTaskState = z.discriminatedUnion('kind', [
  /** Nothing was sent yet, or what was sent certainly did nothing. `looksFirst`: something like it may be there already. */
  z.object({ kind: z.literal('waiting'), looksFirst: z.boolean() }),
  /** It may have been carried out. `isUnclear`: we no longer wait for the answer, and look for it in Fleet. */
  z.object({ kind: z.literal('sent'), since: z.number(), isUnclear: z.boolean(), failure: FleetFailure.nullable() }),
  /** `fleetId`: the person's or the address's. */
  z.object({ kind: z.literal('added'), fleetId: z.number() }),
  z.object({ kind: z.literal('exists'), fleetId: z.number() }),
  z.object({ kind: z.literal('not_allowed') }),
  z.object({ kind: z.literal('refused'), failure: FleetFailure, field }),
]);
export type FleetTaskState = DeepReadonly<z.infer<typeof FleetTaskState>>;

export const FleetTask = z.object({
  taskId: z.string(),
  by: SlackUserId,
  /** Null once it is settled: where somebody lives isn't kept longer than needed. */
  asked: FleetTaskAsked.nullable(),
  state: FleetTaskState,
  /** How often it was sent. */
  sends: z.number(),
  /** How often it was looked for, or could not be sent, since the last step forward. */
  waits: z.number(),
  revision: z.number(),
});
export type FleetTask = DeepReadonly<z.infer<typeof FleetTask>>;

export function isSettled({ kind }: FleetTaskState): boolean {
  return kind !== 'waiting' && kind !== 'sent';
}

/** What a screen says of it. */
export function taskStatus(state: FleetTaskState): 'being_added' | 'being_looked_for' | 'added' | 'exists' | 'refused' {
  switch (state.kind) {
    case 'waiting':
      return 'being_added';
    case 'sent':
      return state.isUnclear ? 'being_looked_for' : 'being_added';
    case 'added':
    case 'exists':
      return state.kind;
    case 'not_allowed':
    case 'refused':
      return 'refused';
  }
}
