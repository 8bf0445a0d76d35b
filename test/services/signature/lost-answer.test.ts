import { expect, it } from 'vitest';
import type { ServiceContext } from '../../../src/services/context.ts';
import { mayStand } from '../../../src/services/people/may-stand.ts';
import { settleExactly } from '../../../src/services/signature/settle-request.ts';
import { CommitUnclear, StoreUnavailable } from '../../../src/store/store.ts';
import { aRequest, clara } from '../../domain/a-request.ts';

async function failureOf(looking: () => Promise<unknown>): Promise<unknown> {
  const before = aRequest();
  const store = {
    commit: () => Promise.reject(new CommitUnclear('Redis: Command timed out')),
    request: looking,
    draft: async () => null,
  };
  // Only what is read and written here is there.
  const context = { tenant: before.tenant, store, now: () => before.createdAt } as unknown as ServiceContext;
  const request = { ...before, revision: before.revision + 1, note: 'decided' };
  return settleExactly(context, before, {
    surface: 'card',
    decide: () => ({ ok: true, request, facts: { did: 'approve', by: clara, outcome: 'accepted' } }),
  }).catch((error: unknown) => error);
}

it('a decision whose answer is lost may stand when the look at it fails too', async () => {
  const away = () => Promise.reject(new StoreUnavailable('Redis: not connected', true));
  expect(mayStand(await failureOf(away))).toBe(true);
});

it('a decision whose answer is lost may stand when the look does not find it yet', async () => {
  expect(mayStand(await failureOf(async () => aRequest()))).toBe(true);
});
