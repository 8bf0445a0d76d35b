import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import * as ids from '../../src/views/ids.ts';
import { cartOf, factsOf } from '../handlers/bad-input/support.ts';
import { listenersOfBolt, registeredHandlers } from '../support/recording-app.ts';
import { people, startWorld, type World } from '../support/world.ts';

const views = sources(fileURLToPath(new URL('../../src/views/', import.meta.url)));
const registered = registeredHandlers();

/** What stands in a form and is read when it is submitted: Slack sends nothing when it changes. */
const readOnSubmit = new Set(['assignee', 'ship_to', 'approver', 'note', 'reason', 'wish', 'new_approver']);
/** A window that only says something has nothing to submit. */
const neverSubmitted = new Set<string>([ids.callbacks.notice, ids.callbacks.settings]);

describe('every button leads somewhere, and to one place only', () => {
  it('every id is listened to by exactly one handler of its kind', () => {
    const names = registered.map(({ kind, id }) => `${kind} ${id}`);

    expect(names).toEqual([...new Set(names)]);
  });

  it('Bolt, which runs every listener for every request, has one of each kind', () => {
    expect(listenersOfBolt()).toEqual(['command', 'shortcut', 'action', 'view', 'options', 'event']);
  });

  it('every action that the views can emit has a handler', () => {
    const handled = new Set(registered.filter(({ kind }) => kind === 'action').map(({ id }) => id));
    const groups = Object.keys(ids).filter((group) => group.endsWith('Actions'));
    const emitted = groups.flatMap(emittedFrom);
    const fields = Object.values(ids.orderFields);

    expect(emitted.length).toBeGreaterThan(15);
    expect([...emitted, ...fields].filter((id) => !handled.has(id) && !readOnSubmit.has(id))).toEqual([]);
  });

  it('every modal that can be submitted has a handler', () => {
    const handled = new Set(registered.filter(({ kind }) => kind === 'view').map(({ id }) => id));

    expect(emittedFrom('callbacks').filter((id) => !handled.has(id) && !neverSubmitted.has(id))).toEqual([]);
  });

  it('every handler belongs to an id of ours: nothing is listened to that nobody sends', () => {
    const known = new Set<string>(Object.values(ids).flatMap((group) => Object.values<string>(group)));
    const strangers = registered.filter(({ kind, id }) => kind !== 'event' && !known.has(id));

    expect(strangers).toEqual([]);
  });

  it('no view spells an id by itself', () => {
    expect(views.match(/(action_id|callback_id|callbackId): '[^']+'/g) ?? []).toEqual([]);
  });
});

describe('a window that was opened ten times', () => {
  let world: World;
  afterEach(() => world.close());

  it('has one effect when it is submitted once', async () => {
    world = await startWorld();
    const ben = world.slack.person(people.ben);
    for (let times = 0; times < 10; times += 1) {
      await ben.command('/fleet order');
      await world.slack.until(() => ben.modal());
      await ben.modal()?.closeAll();
    }
    await world.quiet();
    world.slack.violations.clear();

    await cartOf(world, people.ben);
    await world.quiet();

    expect(world.fleet.journal.count('createCart')).toBe(1);
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 121 }] }]);
    const before = factsOf(world);
    for (let times = 0; times < 10; times += 1) await ben.command('/fleet cart');
    await world.quiet();
    expect(factsOf(world)).toBe(before);
  });
});

function emittedFrom(group: string): readonly string[] {
  const named: Readonly<Record<string, Readonly<Record<string, string>>>> = ids;
  return Object.entries(named[group] ?? {})
    .filter(([name]) => new RegExp(`\\b${group}\\.${name}\\b`).test(views))
    .map(([, id]) => id);
}

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'ids.ts')
    .map((name) => readFileSync(`${folder}${name}`, 'utf8'))
    .join('\n');
}
