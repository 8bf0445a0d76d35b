import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unescapeText, verbAndRest } from '../../src/handlers/commands.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

describe('what was typed', () => {
  it.each([
    ['order', 'order', ''],
    ['  ORDER   MacBook  Air ', 'order', 'MacBook  Air'],
    ['', '', ''],
    ['status <@U1|anna>', 'status', '<@U1|anna>'],
    ['order\nmac', 'order', 'mac'],
  ])('"%s" is the verb "%s" and "%s"', (text, verb, rest) => {
    expect(verbAndRest(text)).toEqual({ verb, rest });
  });

  it.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
    ['for <@U012|anna.k>', 'for @anna.k'],
    ['for <@U012>', 'for @U012'],
    ['in <#C1|general>', 'in #general'],
    ['<!channel>', '!channel'],
    ['<https://x.example|Dock>', 'Dock'],
    ['<https://x.example>', 'https://x.example'],
    [' two   words ', 'two words'],
  ])('"%s" reads "%s"', (text, words) => {
    expect(unescapeText(text)).toBe(words);
  });
});

describe('/fleet', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const answer = async (text: string, channelId: string = channels.random) => {
    const anna = world.slack.person(people.anna);
    const before = anna.ephemerals(channelId).length;
    await anna.command(text, { channelId });
    return world.slack.until(() => anna.ephemerals(channelId)[before]);
  };

  it.each(['/fleet', '/fleet help', '/fleet HELP'])('%s explains every verb, to that person only', async (text) => {
    const help = await answer(text);

    for (const usage of ['/fleet order macbook', '/fleet cart', '/fleet status', '/fleet help'])
      expect(help.text()).toContain(usage);
    expect(world.slack.person(people.dan).messagesIn(channels.random)).toEqual([]);
  });

  it('is explained in the acknowledgement', async () => {
    const act = await world.slack.person(people.anna).command('/fleet help');

    expect(act.rawBody).toContain('/fleet order');
  });

  it('offers the nearest verb for one that does not exist', async () => {
    expect((await answer('/fleet ordr macbook')).text()).toContain('Did you mean /fleet order macbook?');
    expect((await answer('/fleet crat')).text()).toContain('/fleet cart');
  });

  it('answers where the bot is no member', async () => {
    const help = await answer('/fleet help', channels.annaEva);

    expect(help.text()).toContain('/fleet order');
  });

  it('opens the form and the cart', async () => {
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet Order');
    await world.slack.until(() => anna.modal()?.hasField('Product'));
    await anna.command('/fleet cart');
    await world.slack.until(() => anna.modal()?.title === 'Your cart');
  });

  it('takes hostile words as words', async () => {
    const told = await answer('/fleet <!channel> *x*');

    expect(told.pings).toEqual([]);
    expect(told.text()).toContain('Unknown command');
  });
});
