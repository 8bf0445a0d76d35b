import { expect, it } from 'vitest';
import { CommitUnclear, StoreUnavailable } from '../../../src/domain/failures/failure.ts';
import type { DeviceRequest, RequestState } from '../../../src/domain/request/request.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { updateIfUnchanged } from '../../../src/services/request/update.ts';
import { aRequest, clara } from '../../domain/a-request.ts';

async function failureOf(
  looking: (committed: DeviceRequest) => Promise<unknown>,
  state = aRequest().state,
): Promise<unknown> {
  const before = aRequest();
  let committed = before;
  const newId = () => 'ours';
  const store = {
    commit: ({ request: { next } }: { request: { next: DeviceRequest } }) => {
      committed = next;
      return Promise.reject(new CommitUnclear('Redis: Command timed out'));
    },
    request: () => looking(committed),
    draft: async () => null,
  };
  // Only what is read and written here is there.
  const context = {
    workspaceId: before.tenant,
    store,
    now: () => before.createdAt,
    newId,
  } as unknown as ServiceContext;
  const request = { ...before, revision: before.revision + 1, note: 'decided', state };
  return updateIfUnchanged(context, before, {
    surface: 'card',
    decide: () => ({ ok: true, request, facts: { did: 'approve', by: clara, outcome: 'accepted' } }),
  }).catch((error: unknown) => error);
}

it('a decision whose answer is lost may stand when the look at it fails too', async () => {
  const away = () => Promise.reject(new StoreUnavailable('Redis: not connected', true));
  expect(await failureOf(away)).toBeInstanceOf(CommitUnclear);
});

it('a decision whose answer is lost may stand when the look does not find it yet', async () => {
  expect(await failureOf(async () => aRequest())).toBeInstanceOf(CommitUnclear);
});

const at = aRequest().createdAt;
const claims: readonly [string, RequestState, RequestState][] = [
  [
    'a first validate',
    { kind: 'validating', by: clara, at, validateSentAt: at + 1 },
    { kind: 'validating', by: clara, at, validateSentAt: at + 2 },
  ],
  [
    'a second validate',
    { kind: 'unconfirmed', by: clara, at, gaveUpAt: at + 1, looks: 1 },
    { kind: 'unconfirmed', by: clara, at, gaveUpAt: at + 2, looks: 1 },
  ],
  [
    'a look',
    { kind: 'unconfirmed', by: clara, at, gaveUpAt: at + 1, looks: 1 },
    { kind: 'unconfirmed', by: clara, at, gaveUpAt: at + 1, looks: 2 },
  ],
];

it.each(claims)(
  'the claim of %s by another run never passes for ours, whose answer was lost',
  async (_, ours, theirs) => {
    const stored = { ...aRequest(), revision: aRequest().revision + 1, note: 'decided', nonce: 'theirs' };
    expect(await failureOf(async () => ({ ...stored, state: theirs }), ours)).toBeInstanceOf(CommitUnclear);
    // Nor one that is the same but for its nonce.
    expect(await failureOf(async () => ({ ...stored, state: ours }), ours)).toBeInstanceOf(CommitUnclear);
    expect(await failureOf(async (committed) => committed, ours)).toMatchObject({ ok: true });
  },
);
