import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { foreignPress, instanceUrl, sentToClara } from '../handlers/card-support.ts';
import { press } from '../soak/acts.ts';
import { people, startWorld, type World } from '../support/world.ts';

/** Two clicks reached two containers: two orders, or a red error beside a green success. */
describe('one decision, however many press at once', () => {
  let world: World;
  let card: SlackMessage;
  beforeEach(async () => {
    world = await startWorld({ instances: 2 });
    // A Fleet that would take a second validate finds out whoever leans on its 409.
    world.fleet.rules.secondValidate = 'again';
    card = (await sentToClara(world)).clara;
  });
  afterEach(() => world.close());

  const clara = () => world.slack.person(people.clara);
  const pressOn = (instance: number) =>
    clara().via(instanceUrl(world, instance)).press(card, 'Approve', { confirm: true });
  /** As a client shows it that has not drawn it anew. */
  const oldCopy = (): SlackMessage => {
    const { channel, ts, fallback } = card;
    const button = card.button('Approve');
    return { channel, ts, fallback, button: () => button } as unknown as SlackMessage;
  };
  const ordered = () => world.slack.until(() => card.text().includes('Ordered.'), { timeoutMs: 15_000 });
  const toldTo = (id: string) =>
    world.slack
      .person(id)
      .ephemerals(world.slack.person(id).dm())
      .map((one) => one.text());

  it('two clicks at once on two instances are one validate, and the loser is told who decided', async () => {
    // Neither instance knows Clara's profile: both have read the request before either can decide.
    const slow = world.slack.faults.on('users.info', { latencyMs: 200 });
    const acts = await Promise.all([pressOn(0), pressOn(1)]);
    slow();
    await ordered();
    await world.quiet();

    expect(acts.map(({ status, shown }) => ({ status, shown }))).toEqual([
      { status: 200, shown: [] },
      { status: 200, shown: [] },
    ]);
    expect(world.fleet.journal.count('validateCart')).toBe(1);
    expect(toldTo(people.clara)).toEqual([expect.stringContaining('Clara Rossi already pressed Approve')]);
  });

  it('a second click while Fleet is asked, and a third after it, change nothing and are no error', async () => {
    const old = oldCopy();
    const again = () => press(world, old, 'Approve', people.clara, 1);
    const gate = world.fleet.hold('validateCart');
    await pressOn(0);
    await gate.arrived();

    expect((await again()).status).toBe(200);
    gate.release();
    await ordered();
    expect((await again()).status).toBe(200);
    await world.quiet();

    expect(world.fleet.journal.count('validateCart')).toBe(1);
    expect(world.fleet.validateCommits(42)).toBe(1);
    expect(clara().message('Clara Rossi already pressed Approve')).toBeDefined();
    expect(clara().message('Already ordered: approved by Clara Rossi')).toBeDefined();
  });

  it('a click of another approver while the first is carried out is told who decided, and who signs stays', async () => {
    const gate = world.fleet.hold('validateCart');
    const forwarded = oldCopy();
    await pressOn(0);
    await gate.arrived();

    const act = await foreignPress(world, forwarded, 'Approve', people.dan);
    gate.release();
    await ordered();
    await world.quiet();

    expect(act.status).toBe(200);
    expect(world.fleet.orders()[0]?.validations).toMatchObject([{ signatoryId: 21 }]);
    expect(world.slack.person(people.dan).message('Clara Rossi already pressed Approve')).toBeDefined();
  });

  it('handed over to another approver, both click at once: one validate, signed by whoever was asked', async () => {
    const old = oldCopy();
    await card.press('Reassign');
    const modal = await world.slack.until(() => clara().modal());
    await modal.select('New approver', "Dan O'Neil");
    await modal.submit();
    const dans = await world.slack.until(() => world.slack.person(people.dan).message(cardTitles.approver));
    await world.quiet();

    const [first, second] = await Promise.all([
      foreignPress(world, old, 'Approve', people.clara),
      world.slack.person(people.dan).via(instanceUrl(world, 1)).press(dans, 'Approve', { confirm: true }),
    ]);
    await world.slack.until(() => dans.text().includes('Ordered.'), { timeoutMs: 15_000 });
    await world.quiet();

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(world.fleet.orders()[0]?.validations).toMatchObject([{ signatoryId: 22 }]);
    expect(world.fleet.journal.count('validateCart')).toBe(1);
    const said = [
      ...toldTo(people.clara),
      ...clara()
        .messagesIn()
        .map((one) => one.text()),
    ].join('\n');
    expect(said).toMatch(/Only Dan O'Neil can decide|Dan O'Neil already pressed Approve/u);
  });
});
