import { fileURLToPath } from 'node:url';
import type { SlackPerson } from '../sandbox/slack/start.ts';
import { at, fourConfigurations, inSetting, openForm, type Row, ratio, redraws } from './acts.ts';
import { bytes, orders, requests } from './company.ts';
import { calls, crowd } from './crowd.ts';
import { growth, typing } from './lists.ts';
import { cpuOf, median, quantile, timesOf } from './measure.ts';
import { type Server, startServer } from './process.ts';

const ROUNDS = 4;

function baseline(kind: 'empty' | 'floor', env: Readonly<Record<string, string>>): Promise<Server> {
  const path = fileURLToPath(new URL('baseline.mjs', import.meta.url));
  return startServer({ args: [path, kind], env: { ...env, NODE_ENV: 'production' } });
}

const urlOf = ({ port }: Server): string => `http://127.0.0.1:${port}/slack/events`;

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
  return inSetting({ staff: 1, holdsSlack: true }, async (setting) => {
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

export const sections = {
  cost,
  acknowledgements,
  trips,
  typing,
  growth,
  weight,
  crowd,
  calls,
  requests,
  orders,
  bytes,
};
