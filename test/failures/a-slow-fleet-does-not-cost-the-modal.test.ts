import { afterEach, describe, expect, it } from 'vitest';
import { loadingText } from '../../src/views/order-form/details.ts';
import { formOf } from '../handlers/bad-input/support.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('a slow Fleet does not cost the window', () => {
  it('a window that says that it loads opens within the three seconds, and fills', async () => {
    world = await startWorld();
    const gate = world.fleet.hold('listProductGroups');
    const ben = world.slack.person(people.ben);

    const act = await ben.command('/fleet order ThinkPad X1 Carbon');
    const opened = await world.slack.until(() => ben.modal(), { timeoutMs: 3_000 });

    expect(act.ackMs).toBeLessThan(3_000);
    expect(opened.text()).toContain(loadingText);
    expect(opened.submitText).toBeUndefined();
    gate.release();
    await world.slack.until(() => opened.hasField('Keyboard layout'));
    world.slack.violations.assertNone();
  });

  it('closed before it is filled: nothing breaks, and no cart is left behind', async () => {
    world = await startWorld();
    const ben = world.slack.person(people.ben);
    const gate = world.fleet.hold('listProductGroups');
    await ben.command('/fleet order');
    await gate.arrived();
    await ben.modal()?.closeAll();

    gate.release();
    await world.quiet();

    expect(ben.modal()).toBeUndefined();
    expect(ben.messagesIn()).toEqual([]);
    expect(world.fleet.carts()).toEqual([]);
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await formOf(world, people.ben)).submitText).toBe('Add to cart');
  });
});
