import { expect, it } from 'vitest';
import type { FleetUserId, WorkspaceId } from '../../src/domain/ids.ts';
import type { ToldMessage } from '../../src/domain/notices.ts';
import type { CardCopy } from '../../src/domain/request/request.ts';
import { aStore } from './support/a-store.ts';
import { ANA, aProfile, requestId, wholeSince } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

// Commits: commit.test.ts.

const { redis } = await redisOfFile();

const copy = { kind: 'shared', slackUserId: null, channel: 'C', ts: '1', shows: 1 } as CardCopy;
const told = { channel: 'C', ts: '1', to: ANA, notice: {} } as unknown as ToldMessage;
const user = {
  fleetUserId: 11 as FleetUserId,
  name: 'Ana',
  isFleetAdmin: true,
  email: 'a@x.test',
  secondaryEmail: null,
};

type Store = ReturnType<typeof aStore>['store'];

const remembered: readonly (readonly [string, (store: Store, workspaceId: WorkspaceId) => Promise<unknown>])[] = [
  ['where a card is', (store) => store.putCopy(requestId('req1'), copy)],
  ['where a message is', (store) => store.noteDelivered('item', { requestId: requestId('req1'), message: told })],
  ["a person's last choices", (store) => store.setPreferences(ANA, { lastApprover: ANA, lastCountry: null })],
  ["a person's profile", (store, workspaceId) => store.putProfile(aProfile({ slackTeamId: workspaceId }))],
  ['who has no Fleet user', (store) => store.noteUnmatched(ANA)],
  ['who opened Home', (store) => store.noteHomeOpened(ANA)],
  ["whose addresses are people's own", (store) => store.noteOwnAddresses([5 as never])],
  [
    'a directory whose reading was under way',
    async ({ directory }) => {
      await directory.add('pass1', [user]);
      await directory.swapIn('pass1', wholeSince(1));
    },
  ],
];

it.each(remembered)('once the app was removed, %s is not written', async (_what, write) => {
  const { store, keys, workspaceId } = aStore(redis);
  await store.commit({ stop: { why: 'app_uninstalled', since: 5 } });

  await write(store, workspaceId);

  expect(await redis.keys(keys.everything)).toEqual([keys.stop]);
  await store.commit({ stop: null });
  await write(store, workspaceId);
  expect(await redis.keys(keys.everything)).not.toEqual([]);
});

it('a directory that was read before the stop is not put in place after it', async () => {
  const { store, keys } = aStore(redis);
  await store.directory.add('pass1', [user]);
  await store.commit({ stop: { why: 'app_uninstalled', since: 5 } });

  await store.directory.swapIn('pass1', wholeSince(1));

  expect(await redis.exists(keys.directory)).toBe(0);
});
