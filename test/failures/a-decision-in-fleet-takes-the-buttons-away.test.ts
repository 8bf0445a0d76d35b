import { afterEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { unknownSignerText } from '../../src/views/request/state.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { aMinuteAfterMissing, sweepNow } from '../support/requests-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

/** A decision made in Fleet's own cockpit: Slack's buttons stay, settled ones come back, or a later update forgets who decided. */
describe('what is decided in Fleet itself takes the buttons away', () => {
  let world: World;
  afterEach(() => world.close());

  async function everyCopy(): Promise<readonly SlackMessage[]> {
    const cards = await sentToClara(world);
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet status 42', { channelId: channels.general });
    const status = await world.slack.until(() => anna.ephemerals(channels.general).at(-1));
    await status.press('Share in channel');
    const shared = await world.slack.until(() => anna.messagesIn(channels.general).find((one) => !one.isEphemeral));
    return [cards.clara, cards.anna, shared];
  }
  const decisions = (card: SlackMessage) => card.buttons().map(({ text }) => text);
  const allSay = (copies: readonly SlackMessage[], text: string | RegExp) =>
    world.slack.until(() => copies.every((one) => one.text().match(text)), { what: `${text} on every copy` });

  it('a cart that is validated in Fleet takes the buttons from every copy with the next sweep, and nobody can order it twice', async () => {
    world = await startWorld();
    const copies = await everyCopy();
    const [clara] = copies;
    if (clara === undefined) throw new Error('no card');
    const { actionId, blockId, value = '' } = clara.button('Approve');
    world.fleet.cockpit.validate(42, { purchaserId: 11, signatoryId: 21 });

    await sweepNow(world);
    await allSay(copies, /(Closed in Fleet: ordered|Ordered in Fleet)/);

    for (const copy of copies) expect(decisions(copy)).toEqual([]);
    for (const id of [people.anna, people.clara])
      expect(world.slack.person(id).message('was ordered in Fleet')).toBeDefined();
    // A client that had not redrawn yet.
    const press = { message: { channel: clara.channel, ts: clara.ts }, blockId, actionId, value, confirm: true };
    await world.slack
      .person(people.clara)
      .raw.blockAction(press)
      .catch(() => undefined);
    await world.quiet();
    expect(world.fleet.validateCommits(42)).toBe(0);
    expect(decisions(clara)).toEqual([]);
  });

  it('a cart that is removed in Fleet takes them too', async () => {
    world = await startWorld();
    const copies = await everyCopy();
    world.fleet.cockpit.deleteCart(42);

    await sweepNow(world);
    await aMinuteAfterMissing(world, 42);
    await sweepNow(world);
    await allSay(copies, /Closed/);

    for (const copy of copies) expect(decisions(copy)).toEqual([]);
  });

  it('a cart that is changed there stays undecided, and its card shows how it differs', async () => {
    world = await startWorld();
    const [clara, anna] = await everyCopy();
    world.fleet.cockpit.addLine(42, { productId: 121 });

    await sweepNow(world);
    await world.slack.until(() => clara?.text().includes("Only in Fleet's cart: 1 × ThinkPad X1 Carbon"));

    expect(clara && decisions(clara)).toContain('Approve');
    expect(anna && decisions(anna)).toContain('Withdraw');
  });

  it('who decided stays through every later status, and no button comes back', async () => {
    world = await startWorld();
    const copies = await everyCopy();
    await copies[0]?.press('Approve', { confirm: true });
    await allSay(copies, /Ordered/);
    for (const [status, text] of [
      ['SIGNING', 'Waiting for the contract to be signed'],
      ['SHIPPED', 'Shipped'],
      ['A_STATUS_OF_TOMORROW', /A_\u200b?STATUS/],
      ['ARCHIVED', 'Archived'],
    ] as const) {
      world.fleet.cockpit.setStatus(42, status);
      await sweepNow(world);
      await allSay(copies, text);
      for (const copy of copies) expect(decisions(copy)).toEqual([]);
      for (const copy of copies.slice(0, 2)) expect(copy.text()).toContain('Approved by Clara Rossi');
      expect(copies[2]?.text()).not.toContain('Clara');
    }
    await world.quiet();
    expect(
      world.slack.person(people.clara).message('Order 42 of Anna Keller (Fleet user 11), which you approved'),
    ).toBeDefined();
    expect(world.slack.person(people.anna).message('Your order 42: 🚚 Shipped')).toBeDefined();
  });

  it('the sweep that comes round by itself finds it too', async () => {
    world = await startWorld({ instance: { intervalsMs: { statusPoll: 1_000 } } });
    const cards = await sentToClara(world);
    world.fleet.cockpit.validate(42, { purchaserId: 11, signatoryId: 21 });

    await world.slack.until(() => cards.clara.text().includes(unknownSignerText), {
      what: 'the card after one interval',
    });

    expect(decisions(cards.clara)).toEqual([]);
  });
});
