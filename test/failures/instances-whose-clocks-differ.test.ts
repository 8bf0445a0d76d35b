import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import type { InstalledWorkspace } from '../../src/app/workspace.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import type { Work } from '../../src/domain/work.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { firstRequest, setSettings, storeOf } from '../support/store-of.ts';
import { people, startWorld, until, type World } from '../support/world.ts';
import { runNow } from './clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One instance's clock is five minutes ahead, the other's five behind: what one dates, the other compares. */
let world: World;
let cards: { clara: SlackMessage; anna: SlackMessage };
/** How much later it is for both than it really is. */
let travelMs: number;
beforeEach(async () => {
  travelMs = 0;
  world = await startWorld({ instances: 0, directory: false });
  const around = (workspace: InstalledWorkspace): InstalledWorkspace => {
    const { now } = workspace.context;
    return { ...workspace, context: { ...workspace.context, now: () => now() + travelMs } };
  };
  for (const offMs of [5 * MINUTE, -5 * MINUTE])
    await world.addInstance({ around, machineClock: () => Date.now() + offMs });
  await until(() => world.logged.some(({ message }) => message === 'the directory is complete'));
  await setSettings(storeOf(world), { workingHours: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 24 } });
  cards = await sentToClara(world);
});
afterEach(() => world.close());

const request = () => firstRequest(world);
const state = async () => (await request()).state.kind;
const run = async (kind: 'look_up_unconfirmed' | 'remind' | 'expire') => {
  const work = { kind, tenant: world.workspaceId, requestId: (await request()).id as RequestId };
  await runNow(world, work as Work);
  await world.quiet();
};
/** Nothing that an instance dated is further from the time of all than this test takes. */
const expectDated = (at: number | null | undefined) =>
  expect(Math.abs((at ?? 0) - Date.now() - travelMs)).toBeLessThan(MINUTE);

it('an order is sent, approved and ordered, and every step is dated by the same clock', async () => {
  const sent = await request();
  expectDated(sent.createdAt);
  expectDated(sent.expiresAt - 7 * DAY);
  await cards.clara.press('Approve', { confirm: true });
  for (const card of [cards.clara, cards.anna])
    await world.slack.until(() => card.text().includes('Ordered.'), { what: 'ordered' });
  const { state: ended } = await request();
  expectDated('at' in ended ? ended.at : null);
  for await (const { entry } of storeOf(world).audit()) expectDated(entry.at);
  expect(world.fleet.validateCommits(42)).toBe(1);
});

it('a validate without an answer is sent again a minute after it was given up, no earlier and no later', async () => {
  world.fleet.faults.add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
  await cards.clara.press('Approve', { confirm: true });
  await until(async () => (await state()) === 'unconfirmed');
  const { state: unconfirmed } = await request();
  expectDated(unconfirmed.kind === 'unconfirmed' ? unconfirmed.gaveUpAt : null);

  travelMs = MINUTE / 2;
  await run('look_up_unconfirmed');
  expect(await state()).toBe('unconfirmed');
  expect(world.fleet.validateCommits(42)).toBe(0);

  travelMs = MINUTE + 1_000;
  await run('look_up_unconfirmed');
  await until(async () => (await state()) === 'ordered');
  expect(world.fleet.validateCommits(42)).toBe(1);
});

it('a reminder goes out after a day, not minutes earlier', async () => {
  travelMs = DAY - 2 * MINUTE;
  for (let times = 0; times < 4; times += 1) await run('remind');
  expect((await request()).lastRemindedAt).toBeNull();

  travelMs = DAY + 1_000;
  await run('remind');
  await until(async () => (await request()).lastRemindedAt !== null);
  expectDated((await request()).lastRemindedAt);
  await world.slack.until(() => world.slack.person(people.clara).message('Reminder: '), { what: 'the reminder' });
});

it('a request can be approved until its deadline, and expires then', async () => {
  travelMs = 7 * DAY - 2 * MINUTE;
  for (let times = 0; times < 4; times += 1) await run('expire');
  expect(await state()).toBe('pending');

  travelMs = 7 * DAY + 1_000;
  await run('expire');
  await until(async () => (await state()) === 'expired');
  const { state: expired } = await request();
  expectDated('at' in expired ? expired.at : null);
});
