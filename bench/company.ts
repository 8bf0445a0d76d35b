import { setTimeout as sleep } from 'node:timers/promises';
import { people } from '../sandbox/acme.ts';
import type { SlackMessage, SlackPerson } from '../sandbox/slack/start.ts';
import type { FleetOrderId, RequestId, WorkspaceId } from '../src/domain/ids.ts';
import type { DeviceRequest } from '../src/domain/request/request.ts';
import { QUEUE_PREFIX } from '../src/store/keys.ts';
import type { RedisClient } from '../src/store/redis.ts';
import { createSeal } from '../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../src/store/store.ts';
import { anna, aRequest } from '../test/domain/a-request.ts';
import { testKeys } from '../test/support/keys.ts';
import { connectPatiently, ready } from '../test/support/redis-url.ts';
import type { Row } from './acts.ts';
import { cpuOf, median } from './measure.ts';

import { type Setting, type SettingOptions, startSetting } from './setting.ts';

/** What grows as a company uses the app: its open requests, one person's orders, and what Redis keeps of them. */

interface Company extends Setting {
  readonly redis: RedisClient;
  readonly store: WorkspaceStore;
}

async function startCompany(options: SettingOptions): Promise<Company> {
  const setting = await startSetting(options);
  const redis = await ready(connectPatiently(setting.redisUrl));
  const workspaceId = setting.workspaceId as WorkspaceId;
  const store = createWorkspaceStore({ redis, workspaceId, seal: createSeal(testKeys) });
  const close = async () => {
    redis.disconnect();
    await setting.close();
  };
  return { ...setting, redis, store, close };
}

/** As records only: nobody walks two thousand requests through Slack. */
async function seed({ store, workspaceId }: Company, count: number, over: Partial<DeviceRequest>): Promise<void> {
  const now = Date.now();
  const put = async (index: number): Promise<void> => {
    const next = aRequest({
      ...{ id: `seeded${index}` as RequestId, tenant: workspaceId as WorkspaceId, revision: 1 },
      ...{ fleetOrderId: (70_000 + index) as FleetOrderId, createdAt: now - (count - index) * 60_000 },
      expiresAt: now + 86_400_000,
      ...over,
    });
    await store.commit({ request: { expectedRevision: null, next } });
  };
  for (let index = 0; index < count; index += 1) await put(index);
}

type Act = (company: Company) => Promise<unknown>;

const answered = (id: string, command: string): Act => {
  return async ({ slack }) => {
    const person = slack.person(id);
    const before = person.ephemerals().length;
    await person.command(command);
    await slack.until(() => person.ephemerals().length > before, { what: command, timeoutMs: 30_000 });
  };
};

const home = (id: string): Act => {
  return async ({ slack }) => {
    const person = slack.person(id);
    const before = person.home()?.hash;
    await person.openHome();
    await slack.until(() => person.home()?.hash !== before, { what: 'a Home tab', timeoutMs: 30_000 });
  };
};

const form: Act = async ({ slack, staff }) => {
  const [person] = staff;
  await person?.command('/fleet order thinkpad x1');
  await slack.until(() => person?.modal()?.text().includes('€59.90'), { what: 'a form', timeoutMs: 30_000 });
  await person?.modal()?.closeAll();
};

const ROUNDS = 3;
const ACTS = 40;

/** CPU of each act in the one company against the other, in rounds that alternate. */
async function grows(
  few: Company,
  many: Company,
  {
    from,
    wanted,
    acts,
  }: { readonly from: string; readonly wanted: number; readonly acts: Readonly<Record<string, Act>> },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [what, act] of Object.entries(acts)) {
    const costOf = (company: Company) =>
      cpuOf(company.app, { count: ACTS, lanes: 1, settled: () => company.slack.quiet(120) }, () => act(company));
    const rounds: (readonly [number, number])[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) rounds.push([await costOf(few), await costOf(many)]);
    // The first round only warms up.
    const ratios = rounds.slice(1).map(([less, more]) => more / less);
    const micros = rounds.slice(1).map((round) => round.map(Math.round).join('/'));
    rows.push({
      ...{ goal: `${from}: ${what}`, wanted, found: median(ratios) },
      ...{ spread: [Math.min(...ratios), Math.max(...ratios)], about: `µs: ${micros.join(' ')}` },
    });
  }
  return rows;
}

async function compared(
  seeding: (company: Company, isMany: boolean) => Promise<void>,
  goals: Parameters<typeof grows>[2],
): Promise<readonly Row[]> {
  const few = await startCompany({ staff: 1 });
  const many = await startCompany({ staff: 1 });
  try {
    await Promise.all([seeding(few, false), seeding(many, true)]);
    return await grows(few, many, goals);
  } finally {
    await many.close();
    await few.close();
  }
}

export async function requests(): Promise<readonly Row[]> {
  return compared((company, isMany) => seed(company, isMany ? 2_000 : 10, {}), {
    from: '10 → 2,000 open requests',
    wanted: 1.2,
    acts: {
      '/fleet carts': answered(people.dan, '/fleet carts'),
      "an approver's help": answered(people.clara, '/fleet help'),
      "an approver's status": answered(people.clara, '/fleet status'),
      "an approver's approvals": answered(people.clara, '/fleet approvals'),
      "an admin's Home": home(people.dan),
      "an approver's Home": home(people.clara),
      "somebody else's number": answered(people.eva, '/fleet status 70001'),
      form,
    },
  });
}

export async function orders(): Promise<readonly Row[]> {
  const state = { kind: 'ordered', by: anna, at: Date.now(), clientStatus: 'ONGOING_ORDER', signatoryConfirmed: true };
  return compared((company, isMany) => seed(company, isMany ? 200 : 20, { state: { ...state, kind: 'ordered' } }), {
    from: '20 → 200 orders of one person',
    wanted: 1.1,
    acts: { Home: home(people.anna), '/fleet status': answered(people.anna, '/fleet status') },
  });
}

const WEEK_MS = 7 * 86_400_000;

/** Of the workspace, and of the queue. `afterWeek`: without what has expired by then. */
type Bytes = ReadonlyMap<string, number>;

async function bytesOf({ redis, workspaceId }: Company, afterWeek = false): Promise<Bytes> {
  const found = await Promise.all([redis.keys(`*{${workspaceId}}*`), redis.keys(`${QUEUE_PREFIX}*`)]);
  const bytes = new Map<string, number>();
  for (const key of found.flat()) {
    const left = await redis.pttl(key);
    if (afterWeek && left > 0 && left <= WEEK_MS) continue;
    bytes.set(key, Number(await redis.memory('USAGE', key, 'SAMPLES', 0)));
  }
  return bytes;
}

const sum = (bytes: Bytes): number => [...bytes.values()].reduce((all, one) => all + one, 0);

/** Where they are, for whoever wants fewer of them. */
function byKind(before: Bytes, after: Bytes, each: number): string {
  const kinds = new Map<string, number>();
  for (const [key, bytes] of after) {
    const kind = key.replace(/^.*?\}:/u, '').replace(/[a-zA-Z0-9._-]*\d[\w.-]*/gu, '#');
    kinds.set(kind, (kinds.get(kind) ?? 0) + bytes - (before.get(key) ?? 0));
  }
  const largest = [...kinds].filter(([, bytes]) => bytes / each >= 20).sort(([, one], [, other]) => other - one);
  return largest.map(([kind, bytes]) => `${kind} ${Math.round(bytes / each)}`).join(', ');
}

async function send({ slack }: Company, person: SlackPerson): Promise<void> {
  await person.command('/fleet order thinkpad x1');
  await slack.until(() => person.modal()?.text().includes('€59.90'), { what: 'a form', timeoutMs: 30_000 });
  await person.modal()?.submit();
  const cart = await slack.until(() => (person.modal()?.hasField('Approver') ? person.modal() : undefined), {
    ...{ what: 'a cart', timeoutMs: 30_000 },
  });
  await cart?.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart?.submit();
  await slack.until(() => person.modal()?.text().includes('Clara Rossi') && !person.modal()?.hasField('Approver'), {
    what: 'a request',
    timeoutMs: 30_000,
  });
  await person.modal()?.closeAll();
}

const SENDERS = 12;
/** Longer than the queue knows what it has done. */
const FORGOTTEN_MS = 100_000;

async function approve({ slack }: Company, index: number): Promise<void> {
  const isOpen = (card: SlackMessage) => card.buttons().some(({ text }) => text === 'Approve');
  const clara = slack.person(people.clara);
  const card = clara.messagesIn().find(isOpen);
  if (card === undefined) throw new Error('no card is left to approve');
  await clara.press(card, 'Approve');
  const isDecided = () => !clara.messagesIn().some((one) => one.ts === card.ts && isOpen(one));
  await slack.until(isDecided, { what: `approval ${index}`, timeoutMs: 30_000 });
}

async function bytesOfPerson(): Promise<number> {
  const directoryOf = async (users: number) => {
    const company = await startCompany({ staff: 0, users });
    const found = [...(await bytesOf(company))].filter(([key]) => key.includes('directory'));
    await company.close();
    return sum(new Map(found));
  };
  const [few, many] = [await directoryOf(1_000), await directoryOf(3_000)];
  return (many - few) / 2_000;
}

export async function bytes(): Promise<readonly Row[]> {
  const person = await bytesOfPerson();
  const company = await startCompany({ staff: SENDERS + 3 });
  const { slack, staff } = company;
  try {
    const [first, ...others] = staff;
    const senders = others.slice(0, SENDERS);
    const askers = [first, ...others.slice(SENDERS)];
    /** Jobs that were done are forgotten as a later one is. */
    const forgotten = async () => {
      await sleep(FORGOTTEN_MS);
      await home(askers.pop()?.id ?? people.dan)(company);
      await slack.quiet(1_500);
    };
    if (first !== undefined) await send(company, first);
    await forgotten();
    const before = await bytesOf(company);
    const beforeWeek = await bytesOf(company, true);
    for (const sender of senders) await send(company, sender);
    await slack.quiet(1_000);
    const atOnce = await bytesOf(company);
    await forgotten();
    const open = await bytesOf(company);
    for (let index = 0; index < senders.length; index += 1) await approve(company, index);
    await slack.quiet(1_000);
    await forgotten();
    const ordered = await bytesOf(company, true);
    const each = (after: Bytes, from: Bytes) => (sum(after) - sum(from)) / senders.length;
    const row = (goal: string, wanted: number, after: Bytes, from = before): Row => ({
      ...{ goal, wanted, found: each(after, from), about: `${goal}: ${byKind(from, after, senders.length)}` },
    });
    return [
      { goal: 'bytes in Redis: a person', wanted: 400, found: person },
      row('bytes in Redis: an open request, at once', 17_000, atOnce),
      row('bytes in Redis: an open request', 8_000, open),
      row('bytes in Redis: an order after a week', 4_000, ordered, beforeWeek),
    ];
  } finally {
    await company.close();
  }
}
