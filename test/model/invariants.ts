import { expect } from 'vitest';
import { isBeingChecked, isOpen, type RequestStateKind } from '../../src/domain/request/request.ts';
import { anna } from '../domain/a-request.ts';
import { type Life, requestIds } from './life.ts';
import type { Model } from './model.ts';

/** The job that moves what is in this state, without anybody's pressing. */
const movedBy = {
  pending: ['expire', 'remind'],
  validating: ['carry_out_approval'],
  unconfirmed: ['look_up_unconfirmed'],
} as const;

/** All that must hold after every step, whatever just happened. */
export async function holds(life: Life, { standing, now }: Model, wrong: readonly string[]): Promise<void> {
  expect(wrong, 'every commit and every validate').toEqual([]);
  expect(life.slack.untrue, 'what was shown was true').toEqual([]);
  expect(life.queue.problems, 'no job fails').toEqual([]);
  expect(life.fleet.validates(life.order).length, 'validates that Fleet committed').toBeLessThanOrEqual(1);

  const all = requestIds(life);
  const last = all.at(-1);
  if (last === undefined) return;
  const [request, draft] = await Promise.all([
    life.context.store.request(last),
    life.context.store.draft(anna.slackUserId),
  ]);
  expect(request, 'the store holds what was committed last').toEqual(life.history.get(last)?.at(-1));
  expect(request?.state.kind, 'as the model has it').toBe(standing.kind);
  if (request === null) return;
  const lockedBy = draft?.lockedBy ?? null;
  expect(lockedBy, 'the lock of the cart').toBe(isOpen(request.state) ? request.id : null);
  const kinds = isBeingChecked(request)
    ? ['check_ending']
    : jobsFor(request.state.kind, !request.approverGone && now < request.expiresAt);
  for (const kind of kinds) {
    const job = life.queue
      .waiting()
      .find(({ item: { work } }) => work.kind === kind && 'requestId' in work && work.requestId === request.id);
    expect(job, `a ${kind} job for what is ${request.state.kind}`).toBeDefined();
  }
}

function jobsFor(kind: RequestStateKind, isReminded: boolean): readonly string[] {
  if (kind === 'pending') return isReminded ? movedBy.pending : ['expire'];
  return kind === 'validating' || kind === 'unconfirmed' ? movedBy[kind] : [];
}
