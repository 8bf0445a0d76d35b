import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, startWorld, type World } from '../../support/world.ts';
import { factsOf } from './support.ts';

let world: World;
const seen = new Set<string>();
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function answered(text: string): Promise<string> {
  const ben = world.slack.person(people.ben);
  const before = factsOf(world);
  const act = await world.slack.send({ kind: 'command', userId: people.ben, payload: { text, channel_id: ben.dm() } });
  expect(act.status).toBe(200);
  // The acknowledgement carries the answer where it is known at once.
  if (act.rawBody !== '') {
    expect(factsOf(world)).toBe(before);
    expect(act.rawBody).not.toMatch(/undefined|NaN|@channel|<!/);
    return act.rawBody;
  }
  const answer = await world.slack.until(() => ben.ephemerals().find(({ ts }) => !seen.has(ts)), {
    what: `an answer to “${text}”`,
  });
  seen.add(answer.ts);
  expect(factsOf(world)).toBe(before);
  expect(answer.text()).not.toMatch(/undefined|NaN|@channel/);
  expect(answer.pings).toEqual([]);
  return answer.text();
}

describe('/fleet status with something that is no number', () => {
  it.each(['0x2a', '-1', '1e3', '4 2', '42;', '٤٢', '4294967296.5', '99999999999999999999', '<!channel>', '０'])(
    '“%s” is told to be none, and Fleet is not asked',
    async (text) => {
      const asked = world.fleet.journal.count('getCart') + world.fleet.journal.count('getOrder');

      expect(await answered(`status ${text}`)).toMatch(/not an order number|can't find a cart or order/);
      expect(world.fleet.journal.count('getCart') + world.fleet.journal.count('getOrder')).toBe(asked);
    },
  );

  it.each([' 42 ', '42', '\u00a042', '000042'])('“%s” is a number: nothing that this person can see', async (text) => {
    expect(await answered(`status ${text}`)).toMatch(/can't find a cart or order|not an order number/);
  });
});

describe('what was typed in haste', () => {
  it.each([
    ['ordr', '/fleet order'],
    ['odrer a laptop', '/fleet order'],
    ['caart', '/fleet cart'],
    ['statsu 42', '/fleet status'],
    ['hepl', '/fleet help'],
  ])('“%s” is not known, and %s is offered', async (text, offered) => {
    const shown = await answered(text);

    expect(shown).toContain(offered);
    expect(shown).toContain('Unknown command');
  });

  it.each(['', '   ', 'help', ' HELP ', '\u3000help\u3000', 'Help\n'])('“%s” explains every verb', async (text) => {
    const shown = await answered(text);
    for (const verb of ['/fleet order', '/fleet cart', '/fleet status']) expect(shown).toContain(verb);
  });

  it.each([
    'zzzzzzzz',
    '—order',
    '--status 42',
    'order‑laptop',
    '<@U0ANNA|anna>',
    '<!here>',
    '`rm -rf`',
    'x'.repeat(3_000),
    '🦄',
    '\u202Eredro',
  ])('“%s” is answered privately, with the way to help', async (text) => {
    expect(await answered(text)).toMatch(/\/fleet/);
  });

  it.each(['ORDER', '  order  ', '\torder thinkpad', 'order\u00a0thinkpad', 'Order <@U0ANNA|anna>', 'order &lt;b&gt;'])(
    '“%s” opens the form',
    async (text) => {
      const ben = world.slack.person(people.ben);
      await ben.modal()?.closeAll();

      await world.slack.send({ kind: 'command', userId: people.ben, payload: { text } });

      const modal = await world.slack.until(() => (ben.modal()?.hasField('Product') ? ben.modal() : null));
      expect(modal?.title).toBe('Order equipment');
    },
  );
});
