import { z } from 'zod';
import type { DeepReadonly } from '../vocabulary.ts';
import { type FleetFailure, type FleetOperation, isFleetWrite } from './failure.ts';

/** Ordering pauses for everybody: Fleet does not accept the workspace's key as it is. */
export const Pause = z.object({
  kind: z.enum(['unauthorized', 'insufficient_scope', 'company_not_found']),
  since: z.number(),
  /** Which key it was, as a keyed hash. Left out by older releases. */
  keyId: z.string().exactOptional(),
});
export type Pause = DeepReadonly<z.infer<typeof Pause>>;

/** Null: it says nothing about the key. */
export function pauseKindOf({ kind }: FleetFailure): Pause['kind'] | null {
  switch (kind) {
    case 'unauthorized':
    case 'insufficient_scope':
    case 'company_not_found':
      return kind;
    default:
      return null;
  }
}

/** Whether the pause is about another key than this one: then it says nothing any more. */
export function isOfAnotherKey(pause: Pause, keyId: string): boolean {
  return pause.keyId !== undefined && pause.keyId !== keyId;
}

/**
 * Does Fleet's having carried this out prove that the key is accepted again? A key that may only read goes on reading,
 * so of that one only a write does. What was asked before the pause began proves nothing.
 */
export function provesKey(
  pause: Pause,
  done: { readonly operation: FleetOperation; readonly askedAt: number; readonly keyId: string },
): boolean {
  if (isOfAnotherKey(pause, done.keyId)) return true;
  if (done.askedAt <= pause.since) return false;
  return pause.kind !== 'insufficient_scope' || isFleetWrite(done.operation);
}

/** What came of **Try again**. */
export type TriedAgain =
  | { readonly kind: 'not_an_admin' }
  | { readonly kind: 'not_paused' }
  /** `mayOnlyRead`: the key was refused for writing, and no read can tell whether it may write now: the next order does. */
  | { readonly kind: 'resumed'; readonly mayOnlyRead: boolean }
  | { readonly kind: 'still_paused'; readonly failure: FleetFailure };
