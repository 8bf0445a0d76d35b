import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { saveSettings } from '../../../src/services/settings/screen.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, peopleWorld } from '../people/people-world.ts';

const { redis } = await redisOfFile();

async function company() {
  const world = peopleWorld(redis);
  await world.inFleet(aUser(1, { role: 'ADMIN' }), aUser(2), aUser(3, { role: 'ADMIN' }));
  const boss = world.inSlack('U1', { email: 'user1@acme.example' });
  const listed = world.inSlack('U2', { email: 'user2@acme.example' });
  const other = world.inSlack('U3', { email: 'user3@acme.example' });
  const save = (by: SlackUserId, was: number | null, change: Parameters<typeof saveSettings>[1]['change']) =>
    saveSettings(world.context, { by, expectedRevision: was, change, once: randomUUID() });
  return { ...world, boss, listed, other, save, store: world.context.store };
}

describe('who may save what', () => {
  it.each([
    ['approvers', { approvers: { people: ['U2' as SlackUserId], userGroups: [] } }],
    ['admins', { admins: ['U9' as SlackUserId] }],
    ['selfApproval', { selfApproval: { reason: 'we are two' } }],
  ] as const)('%s are changed by a Fleet ADMIN only, and by nobody who is no admin', async (_name, change) => {
    const { settings, store, boss, listed, other, save, inFleet } = await company();
    await settings({ admins: [listed] });

    expect(await save(listed, 1, change)).toEqual({ kind: 'not_a_fleet_admin' });
    expect(await save('U8' as SlackUserId, 1, change)).toEqual({ kind: 'not_an_admin' });
    await inFleet(aUser(1), aUser(2), aUser(3, { role: 'ADMIN' }));
    expect(await save(boss, 1, change)).toEqual({ kind: 'not_an_admin' });
    expect(await store.savedSettings()).toMatchObject({ revision: 1, settings: { admins: [listed] } });
    expect(await save(other, 1, change)).toMatchObject({ kind: 'saved' });
  });

  it('everything else is saved by an admin of the list, one audit entry for each setting, without its value', async () => {
    const { settings, store, listed, save } = await company();
    await settings({ admins: [listed] });

    expect(await save(listed, 1, { defaultMode: 'BUY', pollEveryMs: 60_000 })).toMatchObject({ kind: 'saved' });

    const { entries } = await store.auditPage({ limit: 10 });
    expect(entries.map(({ entry }) => [entry.did, entry.outcome, entry.from, entry.to])).toEqual([
      ['settings_changed', 'pollEveryMs', '1', '2'],
      ['settings_changed', 'defaultMode', '1', '2'],
    ]);
    expect((await store.outbox(0)).filter(({ work }) => work.kind === 'notify')).toEqual([]);
  });
});

it('saves one submission once, and tells it again that it was saved, whatever others have saved since', async () => {
  const { context, boss, other, save, store } = await company();
  const mine = { by: boss, expectedRevision: null, change: { expireAfterMs: 1000 }, once: 'mine' };
  expect(await saveSettings(context, mine)).toMatchObject({ kind: 'saved' });
  await save(other, 1, { expireAfterMs: 2000 });

  expect(await saveSettings(context, mine)).toMatchObject({ kind: 'saved' });

  expect((await store.settings()).expireAfterMs).toBe(2000);
});

describe('two admins at the same moment', () => {
  it('one is saved; the other is told what and by whom, and nothing is overwritten', async () => {
    const { store, boss, other, save } = await company();

    const [one, two] = await Promise.all([
      save(boss, null, { expireAfterMs: 1000 }),
      save(other, null, { expireAfterMs: 2000 }),
    ]);

    const [winner, loser] = one.kind === 'saved' ? [boss, two] : [other, one];
    expect(loser).toMatchObject({
      kind: 'conflict',
      revision: 1,
      meanwhile: { changes: [{ setting: 'expireAfterMs', by: winner }], isWhole: true },
    });
    expect((await store.settings()).expireAfterMs).toBe(winner === boss ? 1000 : 2000);
  });
});

describe('a change of who may sign', () => {
  it('is told to all of before and all of after', async () => {
    const { settings, store, boss, save, workspaceId } = await company().then((one) => ({
      ...one,
      workspaceId: one.context.workspaceId,
    }));
    await settings({ approvers: { people: ['U7' as SlackUserId], userGroups: [] } });

    await save(boss, 1, { approvers: { people: ['U2' as SlackUserId], userGroups: [] } });

    const tells = (await store.outbox(0)).flatMap(({ work }) => (work.kind === 'notify' ? [work] : []));
    expect(tells).toMatchObject([
      {
        tenant: workspaceId,
        to: { kind: 'approvers', before: { people: ['U7'] } },
        notice: { kind: 'signing_settings_changed', by: 'First1 Last1', changed: ['approvers'] },
      },
    ]);
  });
});
