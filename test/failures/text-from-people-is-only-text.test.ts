import { afterEach, describe, expect, it } from 'vitest';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { cardOf, formOf, modalOf, toldTo } from '../handlers/bad-input/support.ts';
import { people, startWorld, type World } from '../support/world.ts';

const wild = '<!channel> `pay` <https://evil.test|Approve> *now*';
let world: World;
afterEach(() => world.close());

/** Every piece of mrkdwn that left the app in which Slack would see a ping or a link of somebody's making. */
function livePieces(): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    if (type === 'mrkdwn' && typeof text === 'string' && /<!(channel|here)|<https:\/\/evil/.test(text))
      found.push(text);
    for (const child of Object.values(value)) visit(typeof child === 'string' ? parsed(child) : child);
  };
  for (const { payload, answer, direction } of world.slack.journal.entries())
    visit(direction === 'from_app' ? payload : answer);
  return found;
}

function parsed(text: string): unknown {
  try {
    return /^[[{]/.test(text) ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

describe('words of people and of Fleet are only words', () => {
  it('a note, a reason, a wish and a person’s name ping nobody and draw no button', async () => {
    const seed = aSeed();
    const users = seed.users.map((user) =>
      user.id === 11 ? { ...user, first_name: wild, last_name: 'Keller' } : user,
    );
    world = await startWorld({ fleet: { seed: { ...seed, users } } });
    const card = await cardOf(world, wild);
    const clara = world.slack.person(people.clara);

    expect(card.text()).toContain('<!channel>');
    expect(card.pings).toEqual([]);
    await card.press('Ask for changes');
    const asked = await world.slack.until(() => clara.modal());
    await asked.fill('What should change?', wild);
    await asked.submit();
    const told = await toldTo(world, people.anna, 'asked for changes');
    await world.quiet();

    expect(told.text()).toContain('<!channel>');
    expect(livePieces()).toEqual([]);
  });

  it('product names and Fleet’s refusals, too', async () => {
    const seed = aSeed();
    const productGroups = seed.productGroups.map((group) =>
      group.name === 'ThinkPad X1 Carbon' ? { ...group, name: `ThinkPad X1 Carbon ${wild}` } : group,
    );
    world = await startWorld({ fleet: { seed: { ...seed, productGroups } } });
    const form = await formOf(world, people.ben);
    world.fleet.faults.add({ operation: 'createCart', kind: 'answer', status: 400, body: { error: wild }, times: 1 });
    await form.submit();
    const back = await modalOf(world, people.ben, 'Fleet says: “');
    expect(back.text()).toContain('<!channel>');

    await back.submit();
    await modalOf(world, people.ben, 'Added 1 device');
    await world.quiet();

    expect(livePieces()).toEqual([]);
  });

  it('what was typed after /fleet comes back as it was typed', async () => {
    world = await startWorld();
    const ben = world.slack.person(people.ben);

    await ben.command('/fleet <!channel>`x`');

    const answer = await world.slack.until(() => ben.ephemerals().at(-1));
    expect(answer.pings).toEqual([]);
    expect(livePieces()).toEqual([]);
  });
});
