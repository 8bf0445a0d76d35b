import { afterEach, describe, expect, it } from 'vitest';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { ANSWER_WITHIN_MS } from '../../src/handlers/options.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

async function openForm() {
  const ben = world.slack.person(people.ben);
  await ben.command('/fleet order');
  return world.slack.until(() => (ben.modal()?.hasField('Product') ? ben.modal() : null));
}

describe('a long list is searched, never cut off in silence', () => {
  it('the 250th product is found, and the list never holds more than Slack takes', async () => {
    world = await startWorld();
    const form = await openForm();

    expect(await form.search('Product', 'zenith dock 250')).toEqual(['Zenith Dock 250']);
    const all = await form.search('Product', '');
    expect(all.length).toBeGreaterThan(50);
    expect(all.length).toBeLessThanOrEqual(100);
    expect(await form.search('Product', 'nothing like this')).toEqual([expect.stringMatching(/nothing/i)]);
    await form.selectSearched('Product', 'zenith dock 250', 'Zenith Dock 250');
    await world.slack.until(() => form.field('Product').value === 'Zenith Dock 250');
  });

  it('the 200th colleague is found by name', async () => {
    world = await startWorld({ fleet: { seed: aSeed({ users: 250 }) } });
    const last = aSeed({ users: 250 }).users.at(-1);
    const form = await openForm();

    const found = await form.search('For', `${last?.first_name} ${last?.last_name}`);

    expect(found).toContain(`${last?.first_name} ${last?.last_name}`);
    expect((await form.search('For', '')).length).toBeLessThanOrEqual(100);
  });

  it('a search that Fleet does not answer in time says so in a row', async () => {
    world = await startWorld({
      instance: { fleetTimeoutsMs: { read: 700, write: 900 }, searchTimeoutMs: ANSWER_WITHIN_MS },
      slack: { searchTimeoutMs: 3_000 },
    });
    world.fleet.faults.add({ operation: 'listProductGroups', kind: 'hang_before_commit' });
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await world.slack.until(() => (ben.modal()?.hasField('Product') ? ben.modal() : null));

    const offered = await form.search('Product', 'thinkpad');

    expect(offered).toHaveLength(1);
    expect(offered[0]).toMatch(/not|again/i);
    world.slack.violations.assertNone();
  });
});
