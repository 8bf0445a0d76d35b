import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { firstRequest, setSettings, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { runNow } from './clock.ts';

const HOUR = 60 * 60 * 1000;

/** A time-out that is told as “the user denied it”, and clocks that start at the wrong moment. */
describe('expired is not declined, and times count from the decision', () => {
  const skew = { ms: 0 };
  let world: World;
  let cards: { clara: SlackMessage; anna: SlackMessage };
  beforeEach(async () => {
    skew.ms = 0;
    world = await startWorld({ instances: 2, instance: { now: () => Date.now() + skew.ms } });
    cards = await sentToClara(world);
  });
  afterEach(() => world.close());

  const request = () => firstRequest(world);
  const both = [people.anna, people.clara];
  const everything = () =>
    both.flatMap((id) => {
      const person = world.slack.person(id);
      return [...person.messagesIn(), ...person.ephemerals(person.dm())].map((one) => one.text());
    });
  const until = <T>(what: string, probe: () => T | undefined | false | null) =>
    world.slack.until(probe, { what, timeoutMs: 12_000 });

  it.each([
    ['the clock finds it', async () => runExpire()],
    ['the approver comes too late', async () => void (await cards.clara.press('Approve', { confirm: true }))],
    ['the requester withdraws too late', async () => void (await cards.anna.press('Withdraw', { confirm: true }))],
  ])('%s: both cards and both messages say expired, and nobody is said to have declined', async (_, happens) => {
    skew.ms = 7 * 24 * HOUR + 1_000;
    await happens();

    for (const card of [cards.clara, cards.anna]) await until('expired', () => card.text().includes('Expired'));
    for (const id of both) await until('a message', () => world.slack.person(id).message('expired without a decision'));
    await world.quiet();
    expect(everything().join('\n')).not.toMatch(/[Dd]eclined|denied|rejected/u);
    expect((await request()).state.kind).toBe('expired');
    expect(world.fleet.orders()).toEqual([]);
  });

  it('a minute before its deadline it can still be signed', async () => {
    skew.ms = 7 * 24 * HOUR - 60_000;
    await runExpire();
    await cards.clara.press('Approve', { confirm: true });
    await until('ordered', () => cards.clara.text().includes('Ordered.'));
  });

  it('four hours between reminders count from the reminder, not from the sending', async () => {
    skew.ms = 3 * HOUR;
    await cards.anna.press('Remind');
    await until('reminded', () => world.slack.person(people.clara).message('Reminder: '));
    const remindedAt = (await request()).lastRemindedAt ?? 0;
    skew.ms = 5 * HOUR;
    await cards.anna.press('Remind');
    await until('too early', () => everything().some((text) => text.includes('less than four hours ago')));
    expect((await request()).lastRemindedAt).toBe(remindedAt);
    skew.ms = 7 * HOUR + 60_000;
    await cards.anna.press('Remind');
    await world.quiet();
    expect((await request()).lastRemindedAt).toBeGreaterThan(remindedAt);
  });

  it('what is handed over is reminded of a day after that', async () => {
    await setSettings(storeOf(world), { workingHours: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 24 } });
    skew.ms = 23 * HOUR;
    await cards.clara.press('Reassign');
    const modal = await until('the modal', () => world.slack.person(people.clara).modal());
    await modal.select('New approver', "Dan O'Neil");
    await modal.submit();
    await until("Dan's card", () => world.slack.person(people.dan).message(cardTitles.approver));
    const asked = await request();

    skew.ms = 30 * HOUR;
    await runNow(world, { kind: 'remind', tenant: asked.tenant, requestId: asked.id });
    await world.quiet();
    expect((await request()).lastRemindedAt).toBeNull();
    skew.ms = 48 * HOUR;
    await runNow(world, { kind: 'remind', tenant: asked.tenant, requestId: asked.id });
    await until('the reminder', () => world.slack.person(people.dan).message('Reminder: '));
  });

  async function runExpire(): Promise<void> {
    const { tenant, id } = await request();
    await runNow(world, { kind: 'expire', tenant, requestId: id });
    await world.quiet();
  }
});
