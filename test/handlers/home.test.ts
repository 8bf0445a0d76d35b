import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardTitles } from '../../src/views/request/card.ts';
import { storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

/** The Home tab: the same facts as commands and cards, each row with its next step. */
describe('the Home tab', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const homeOf = (id: string, text: string | RegExp) =>
    world.slack.until(
      () => {
        const home = world.slack.person(id).home();
        return home?.text().match(text) ? home : null;
      },
      { what: `a Home tab with ${text}`, timeoutMs: 15_000 },
    );

  it('welcomes whoever has nothing yet, and opens the form', async () => {
    const anna = world.slack.person(people.anna);

    await anna.openHome();
    const home = await homeOf(people.anna, /Welcome/);
    await home.press('Order equipment');

    await world.slack.until(() => anna.modal()?.title === 'Order equipment');
    expect(home.text()).not.toContain('Needs attention');
  });

  it('follows a request from sending to its order, on both sides', { timeout: 60_000 }, async () => {
    const { slack, fleet } = world;
    const [anna, clara] = [slack.person(people.anna), slack.person(people.clara)];
    await anna.openHome();
    await clara.openHome();
    await anna.command('/fleet order', { channelId: channels.general });
    const form = await slack.until(() => anna.modal()?.hasField('Product') && anna.modal());
    await form.selectSearched('Product', 'ultrasharp', 'UltraSharp 27');
    await slack.until(() => form.text().includes('€19.90'));
    await form.submit();
    const cart = await slack.until(() => anna.modal()?.hasField('Approver') && anna.modal());
    expect((await homeOf(people.anna, /Draft/)).text()).toContain('UltraSharp 27');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.submit();

    const waiting = await homeOf(people.clara, /Waiting for you/);
    expect(waiting.text()).toContain(`Anna Keller (Fleet user 11) ${cardTitles.approver}`);
    const own = await homeOf(people.anna, /Waiting for Clara Rossi/);
    expect(own.buttons().map(({ text }) => text)).toContain('Withdraw');
    await own.press('Remind');
    await homeOf(people.anna, /Last reminder: /);
    await waiting.press('Approve', { confirm: true });

    await homeOf(people.anna, /Ordered\. Approved by Clara Rossi/);
    await slack.until(() => !clara.home()?.text().includes('Waiting for you'), { timeoutMs: 15_000 });
    expect(fleet.validateCommits(42)).toBe(1);
    const { entries } = await storeOf(world).auditPage({ limit: 100 });
    const pressed = entries.flatMap(({ entry }) => (entry.surface === 'home' ? [entry] : []));
    expect(pressed).toMatchObject([
      { by: { slackUserId: people.clara }, from: 'pending', to: 'validating' },
      { by: { slackUserId: people.anna }, did: 'approver_reminded' },
    ]);
  });

  it('says one thing to a guest, who cannot order: here, in the help and in the status', async () => {
    const guest = world.slack.person(people.guest);
    await guest.openHome();
    const home = await homeOf(people.guest, /Guests can't order/);
    expect(home.text()).not.toMatch(/Welcome|fleet order/);

    for (const text of ['/fleet help', '/fleet status']) {
      const before = guest.ephemerals(channels.general).length;
      await guest.command(text, { channelId: channels.general });
      const answer = await world.slack.until(() => guest.ephemerals(channels.general)[before]);
      expect(answer.text()).toContain("Guests can't order equipment");
      expect(answer.text()).not.toMatch(/fleet order|fleet cart/);
    }
  });

  it('tells admins of nothing where nothing is open, and someone who cannot order why', async () => {
    await world.slack.person(people.dan).openHome();
    expect((await homeOf(people.dan, /Order equipment/)).text()).not.toContain('Needs attention');

    await world.slack.person(people.nobody).openHome();
    const stranger = await homeOf(people.nobody, /Fleet/);
    expect(stranger.buttons().map(({ text }) => text)).not.toContain('Order equipment');
  });
});
