import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackChannelId } from '../../src/domain/ids.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { setSettings, storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { cartOf } from './cart-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const until = <T>(probe: () => T | undefined | false | null) => world.slack.until(probe, { timeoutMs: 15_000 });
const inChannel = (channel: string) => world.slack.person(people.anna).messagesIn(channel);

async function announceIn(channel: string, what: readonly ('ordered' | 'shipped')[]): Promise<void> {
  await setSettings(storeOf(world), { announcements: { channel: channel as SlackChannelId, what } });
}

async function signedByClara(): Promise<void> {
  const cart = await cartOf(world, 'ben');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.fill('Note to the approver', 'secret note');
  await cart.submit();
  const card = await until(() => world.slack.person(people.clara).message(cardTitles.approver));
  await card.press('Approve', { confirm: true });
  await until(() => world.slack.person(people.ben).message(/Ordered/));
  await world.quiet();
}

describe('an order that is announced', () => {
  it('is one message with number, product, country and status and nothing else, and it is kept current', async () => {
    await announceIn(channels.general, ['ordered']);
    await signedByClara();

    const [announced, ...others] = inChannel(channels.general);

    expect(others).toEqual([]);
    const text = announced?.text() ?? '';
    expect(text).toContain('Order 42');
    expect(text).toContain('MacBook Pro 14');
    expect(text).toContain('France');
    for (const secret of ['Ben', 'Clara', '54.90', 'secret note', '€']) expect(text).not.toContain(secret);
    const store = storeOf(world);
    const request = await store.requestForOrder(42 as never);
    const copies = await store.copies(request?.id as never);
    expect(copies.find(({ kind }) => kind === 'shared')).toMatchObject({
      channel: channels.general,
      shows: request?.revision,
    });
  });

  it('is not announced before that, and not at all when only what is shipped is', async () => {
    await announceIn(channels.general, ['shipped']);
    await signedByClara();

    expect(inChannel(channels.general)).toEqual([]);
  });

  it('stops nobody when the channel does not take it, and admins are told once', async () => {
    await announceIn(channels.it, ['ordered']);
    await signedByClara();

    await until(() => world.slack.person(people.dan).message("can't post in the announcement channel"));
    expect(world.fleet.orders()).toHaveLength(1);
    expect(world.slack.person(people.clara).message(/Ordered/)).toBeDefined();
  });
});
