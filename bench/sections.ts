import { fileURLToPath } from 'node:url';
import type { SlackModal, SlackPerson } from '../sandbox/slack/start.ts';
import { cpuOf, median, quantile, timesOf } from './measure.ts';
import { type Server, startServer } from './process.ts';
import { type Setting, type SettingOptions, startSetting } from './setting.ts';

/** One line of the table. */
export interface Row {
  readonly goal: string;
  readonly wanted: number;
  readonly found: number;
  /** Of the rounds: the least and the most. */
  readonly spread?: readonly [number, number];
  /** A goal is a most, unless this says that it is a least. */
  readonly isLeast?: true;
  readonly about?: string;
}

const ROUNDS = 4;

async function inSetting<T>(options: SettingOptions, measure: (setting: Setting) => Promise<T>): Promise<T> {
  const setting = await startSetting(options);
  try {
    return await measure(setting);
  } finally {
    await setting.close();
  }
}

function baseline(kind: 'empty' | 'floor', env: Readonly<Record<string, string>>): Promise<Server> {
  const path = fileURLToPath(new URL('baseline.mjs', import.meta.url));
  return startServer({ args: [path, kind], env: { ...env, NODE_ENV: 'production' } });
}

const urlOf = ({ port }: Server): string => `http://127.0.0.1:${port}/slack/events`;

const ratio = (goal: string, wanted: number, ratios: readonly number[], about?: string): Row => ({
  ...{ goal, wanted, found: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] },
  ...(about === undefined ? {} : { about }),
});

interface Ordered {
  readonly words: string;
  /** In the form as soon as it is filled. */
  readonly says: string;
}

const oneConfiguration: Ordered = { words: 'thinkpad x1', says: '€59.90' };
const fourConfigurations: Ordered = { words: 'macbook pro 14', says: 'Configuration' };

async function openForm(
  { slack }: Pick<Setting, 'slack'>,
  person: SlackPerson,
  { words, says }: Ordered = oneConfiguration,
): Promise<SlackModal> {
  await person.command(`/fleet order ${words}`);
  const filled = () => {
    const modal = person.modal();
    return modal?.text().includes(says) || modal?.hasField(says) ? modal : undefined;
  };
  return slack.until(filled, { what: `the form of ${person.id}`, timeoutMs: 60_000 });
}

/** Chooses in a modal, and waits until it is drawn again: a choice that another one overtakes is not. */
async function redraws({ slack }: Setting, person: SlackPerson, label: string, option: string): Promise<void> {
  const before = person.modal()?.hash;
  await person.modal()?.select(label, option);
  await slack.until(() => person.modal()?.hash !== before, { timeoutMs: 2_000 }).catch(() => undefined);
}

/** Each turn's choice differs from what is on screen. */
function choiceOf(turn: number, [one = '', other = '']: readonly string[]): readonly [label: string, option: string] {
  if (turn % 3 === 2) return ['Delivery country', turn % 6 === 2 ? 'Germany' : 'France'];
  return ['Configuration', turn % 3 === 0 ? one : other];
}

/** CPU against an empty Bolt and against the floor, in rounds that alternate. */
async function cost(): Promise<readonly Row[]> {
  return inSetting({ staff: 8 }, async (setting) => {
    const { slack, app, staff, env } = setting;
    const [empty, floor] = await Promise.all([baseline('empty', env), baseline('floor', env)]);
    const settled = () => slack.quiet(150);
    const forms = await Promise.all(staff.map((person) => openForm(setting, person, fourConfigurations)));
    const configurations = forms[0]?.field('Configuration').options ?? [];
    const help = (server: Server) => {
      slack.deliverTo(urlOf(server));
      return cpuOf(server, { count: 400, lanes: 8, settled }, (_, lane) => at(staff, lane).command('/fleet help'));
    };
    const turns = staff.map(() => 0);
    const modal = (server: Server) => {
      slack.deliverTo(urlOf(server));
      return cpuOf(server, { count: 240, lanes: 8, settled }, async (_, lane) => {
        const turn = turns[lane] ?? 0;
        turns[lane] = turn + 1;
        const [label, option] = choiceOf(turn, configurations);
        await redraws(setting, at(staff, lane), label, option);
      });
    };
    const helps: number[] = [];
    const modals: number[] = [];
    const micros: string[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [bolt, ours] = [await help(empty), await help(app)];
      const [least, drawn] = [await modal(floor), await modal(app)];
      // The first round only warms up.
      if (round === 0) continue;
      helps.push(ours / bolt);
      modals.push(drawn / least);
      micros.push(`${Math.round(bolt)}/${Math.round(ours)}/${Math.round(least)}/${Math.round(drawn)}`);
    }
    await Promise.all([empty.stop(), floor.stop()]);
    const about = `µs: empty Bolt/help/floor/modal ${micros.join(' ')}`;
    return [
      ratio('CPU of /fleet help / empty Bolt', 2, helps),
      ratio('CPU of a choice in the form / floor', 1.5, modals, about),
    ];
  });
}

const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is nothing to take turns with');
  return item;
};

/** Acknowledgements while Fleet takes five seconds. */
async function acknowledgements(): Promise<readonly Row[]> {
  return inSetting({ staff: 64, fleetLatencyMs: 0 }, async ({ slack, staff, ways }) => {
    ways.fleet.delayMs = 5_000;
    const p99Of = async (burst: readonly SlackPerson[], count: number): Promise<number> => {
      const times: number[] = [];
      const timed = async (person: SlackPerson) => {
        const startedAt = performance.now();
        await person.command('/fleet order');
        times.push(performance.now() - startedAt);
      };
      for (let round = 0; round < count; round += 1) {
        await Promise.all(burst.map(timed));
        await slack.quiet(300);
      }
      return quantile(times, 0.99);
    };
    await p99Of(staff.slice(0, 4), 2);
    const rounds = [await p99Of(staff, 1), await p99Of(staff, 1), await p99Of(staff, 1)];
    const lanes = await timesOf(640, 64, async (_, lane) => void (await at(staff, lane).command('/fleet help')));
    return [
      ratio('acknowledgement p99, 64 at once, ms', 100, rounds),
      { goal: 'acknowledgement p99, 64 under way, ms', wanted: 100, found: quantile(lanes, 0.99) },
    ];
  });
}

const HELD_MS = 25;

/** How many answers of each upstream a form waits for in turn: by how much longer it takes when they are held back. */
async function trips(): Promise<readonly Row[]> {
  return inSetting({ staff: 1 }, async (setting) => {
    const { ways, staff, slack } = setting;
    const person = at(staff, 0);
    const form = async (): Promise<number> => {
      const startedAt = performance.now();
      const modal = await openForm(setting, person);
      const took = performance.now() - startedAt;
      await slack.quiet(100);
      await modal.closeAll();
      return took;
    };
    const typical = async (): Promise<number> => {
      const times: number[] = [];
      for (let time = 0; time < 9; time += 1) times.push(await form());
      return median(times);
    };
    await typical();
    const rows: Row[] = [];
    for (const [upstream, wanted] of [
      ['slack', 1],
      ['redis', 2],
      ['fleet', 0],
    ] as const) {
      const plain = await typical();
      ways[upstream].delayMs = HELD_MS;
      const held = await typical();
      ways[upstream].delayMs = 0;
      const found = Math.round((held - plain) / HELD_MS);
      rows.push({ goal: `/fleet order to the filled form: trips to ${upstream}`, wanted, found });
    }
    return rows;
  });
}

const PRODUCTS = 10_000;

/** A search among ten thousand products. */
async function typing(): Promise<readonly Row[]> {
  return inSetting({ staff: 32, productGroups: PRODUCTS }, async (setting) => {
    const { fleet, staff, slack } = setting;
    const forms = await Promise.all(staff.slice(0, 8).map((person) => openForm(setting, person)));
    const words = ['thinkpad', 'mac', 'dell', 'u', 'ultra', 'x1', 'pro 14', 'hub', 'dock', 'monitor arm'];
    const search = (index: number, lane: number) => at(forms, lane).search('Product', at(words, index));
    await timesOf(40, 1, search);
    const callsBefore = fleet.journal.entries().length;
    const single = await timesOf(200, 1, search);
    const eight = await timesOf(400, 8, search);
    const calls = fleet.journal.entries().length - callsBefore;
    const names = [...fleet.state.productGroups.values()].map(({ name }) => name);
    const asked = Array.from({ length: 40 }, (_, index) => names[Math.floor((index * names.length) / 40)] ?? '');
    let found = 0;
    for (const name of asked) {
      const options = await at(forms, 0)
        .search('Product', name)
        .catch(() => []);
      if (options.some((option) => option.includes(name.slice(0, 20)))) found += 1;
    }
    const opened = await timesOf(32, 32, async (_, lane) => void (await openForm({ slack }, at(staff, lane))));
    return [
      { goal: 'typing among 10,000 products: p99, ms', wanted: 20, found: quantile(single, 0.99) },
      { goal: 'typing, 8 in flight: p50, ms', wanted: 40, found: median(eight) },
      { goal: 'typing: calls of Fleet', wanted: 0, found: calls },
      { goal: 'products that are found, of 40 asked for', wanted: 40, found, isLeast: true },
      { goal: '32 open the form at once, 10,000 products: slowest, ms', wanted: 1_000, found: Math.max(...opened) },
    ];
  });
}

/** CPU of typing and of the form: many against few. */
async function growth(): Promise<readonly Row[]> {
  const measured = (options: SettingOptions) =>
    inSetting({ staff: 4, ...options }, async (setting) => {
      const { app, slack, staff } = setting;
      const settled = () => slack.quiet(120);
      const forms = await Promise.all(staff.map((person) => openForm(setting, person)));
      const type = (index: number, lane: number) => at(forms, lane).search('Product', at(['thinkpad', 'x1'], index));
      const open = async (_: number, lane: number) => void (await openForm(setting, at(staff, lane)));
      const help = (_: number, lane: number) => at(staff, lane).command('/fleet help');
      const costOf = async (count: number, act: Parameters<typeof cpuOf>[2]) => {
        await cpuOf(app, { count: 40, lanes: 4, settled }, act);
        const rounds: number[] = [];
        for (let round = 0; round < 3; round += 1) rounds.push(await cpuOf(app, { count, lanes: 4, settled }, act));
        return median(rounds);
      };
      return { typing: await costOf(200, type), form: await costOf(100, open), help: await costOf(200, help) };
    });
  const few = await measured({ productGroups: 21 });
  const manyProducts = await measured({ productGroups: PRODUCTS });
  const manyPeople = await measured({ productGroups: 21, users: 10_000 });
  return [
    { goal: '21 → 10,000 products: CPU of typing', wanted: 1.2, found: manyProducts.typing / few.typing },
    { goal: '21 → 10,000 products: CPU of the form', wanted: 1.2, found: manyProducts.form / few.form },
    { goal: '100 → 10,000 people: CPU of the form', wanted: 1.1, found: manyPeople.form / few.form },
    { goal: '100 → 10,000 people: CPU of help', wanted: 1.1, found: manyPeople.help / few.help },
  ];
}

/** Memory, and how long the app takes to start. */
async function weight(): Promise<readonly Row[]> {
  return inSetting({ staff: 8 }, async (setting) => {
    const { app, env, slack, staff } = setting;
    const starts: number[] = [];
    const idle: number[] = [];
    const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
    let bolt = await baseline('empty', env);
    const boltMb = bolt.rssMb();
    await bolt.stop();
    for (let time = 0; time < 5; time += 1) {
      bolt = await baseline('empty', env);
      const other = await startServer({ args: [main], env, readyPath: '/readyz' });
      starts.push(other.readyAfterMs / bolt.readyAfterMs);
      await slack.quiet(500);
      idle.push(other.rssMb() - boltMb);
      await Promise.all([bolt.stop(), other.stop()]);
    }
    await timesOf(2_000, 8, async (_, lane) => void (await at(staff, lane).command('/fleet help')));
    await timesOf(200, 8, async (_, lane) => void (await openForm(setting, at(staff, lane))));
    return [
      ratio('cold start to ready / empty Bolt', 2, starts),
      ratio('RSS above an empty Bolt: idle, MB', 45, idle),
      { goal: 'RSS above an empty Bolt: loaded, MB', wanted: 90, found: app.rssMb() - boltMb },
    ];
  });
}

export const sections = { cost, acknowledgements, trips, typing, growth, weight };
