import { onTestFinished } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { notRecordedText, unclearText } from '../../src/views/notices.ts';
import { approverOf, sentRequest, staff, withStaff } from '../soak/staff.ts';
import { storeOf } from '../support/store-of.ts';
import { startWorld, until, type World, type WorldOptions } from '../support/world.ts';

export interface StoryOptions extends Pick<WorldOptions, 'workspaceId' | 'instances'> {
  readonly redisUrl: string;
  readonly requests: number;
}

/** One request that waits for its approver. */
interface Waiting {
  readonly order: number;
  readonly approver: string;
  readonly card: SlackMessage;
}

const PATIENCE_MS = 5_000;
/** Where Redis forgot who signed, the card says only that Fleet has it. */
const ordered = /Ordered|Closed in Fleet: ordered/;

/** A company with requests to sign, and what is seen of it while something happens to its Redis. */
export interface Story {
  readonly world: World;
  readonly waiting: readonly Waiting[];
  /** Presses **Approve** once for each of these, one after the other, and hears what people are told. */
  press(...which: number[]): Promise<void>;
  /** Not ready at some moment since `from`, and ready again: after how many ms. */
  readyAgain(withinMs: number): Promise<number>;
  /** What `/readyz` of the first instance names. Empty: it is ready. */
  missing(): Promise<readonly string[]>;
  /** What came back is pressed again, until all is ordered and shown. */
  allOrdered(withinMs: number): Promise<void>;
  /** Everything that must hold however it went, and prints what was seen. */
  tell(title: string, ...seen: string[]): void;
}

export async function openStory({ redisUrl, requests, ...options }: StoryOptions): Promise<Story> {
  const world = await startWorld({
    ...options,
    env: { REDIS_URL: redisUrl },
    slackSeed: (seed) => withStaff(seed, requests),
    // Production's time-outs for Redis are what is tested. How fast the machine is, is not.
    slack: { ackTimeoutMs: 15_000 },
    fleet: { seed: staff(requests) },
    instance: { redisTimeoutMs: 1_000 },
    patience: 60_000,
  });
  onTestFinished(() => world.close());
  const waiting = await waitingRequests(world, requests);
  const counts = { pressed: 0, unchanged: 0, unclear: 0, again: 0 };
  const untrue: string[] = [];
  const startedAt = performance.now();

  const press = async ({ order, approver, card }: Waiting): Promise<void> => {
    const told = () => toldTo(world, approver);
    const before = told();
    const failures = failuresOf(world);
    counts.pressed += 1;
    pressedAt.set(order, Date.now());
    await card.press('Approve', { confirm: true });
    if (failuresOf(world) === failures) return;
    await until(() => told().unchanged + told().unclear > before.unchanged + before.unclear, 20_000);
    if (told().unclear > before.unclear) counts.unclear += 1;
    else {
      counts.unchanged += 1;
      promisedUnchanged.add(order);
    }
  };
  const pressedAt = new Map<number, number>();
  // Whoever read "nothing was changed or ordered" must not find it ordered without a further press.
  const promisedUnchanged = new Set<number>();
  const checkPromises = (): void => {
    for (const order of promisedUnchanged)
      if (world.fleet.validateCommits(order) > 0) untrue.push(`order ${order} was ordered after "nothing was changed"`);
  };
  // A card that was just pressed is given time to change.
  const mayApprove = ({ order, card }: Waiting) =>
    card.buttons().some(({ text }) => text === 'Approve') && (pressedAt.get(order) ?? 0) < Date.now() - PATIENCE_MS;

  return {
    world,
    waiting,
    press: async (...which) => {
      for (const index of which) {
        const one = waiting[index];
        if (one !== undefined) await press(one);
      }
    },
    missing: () => missingOf(world.instances[0]?.port ?? 0),
    readyAgain: async (withinMs) => {
      const from = performance.now();
      await until(async () => !(await isReady(world)), withinMs);
      await until(() => isReady(world), withinMs).catch(async () => {
        throw new Error(`not ready again: ${await missingOf(world.instances[0]?.port ?? 0)}\n${lastLines(world)}`);
      });
      return performance.now() - from;
    },
    allOrdered: async (withinMs) => {
      const by = Date.now() + withinMs;
      for (;;) {
        checkPromises();
        const left = waiting.filter(({ card }) => !ordered.test(card.text()));
        if (left.length === 0) break;
        if (Date.now() > by)
          throw new Error(
            `not ordered in time:\n${left.map(({ card }) => card.text()).join('\n')}\n${lastLines(world)}`,
          );
        for (const one of left) {
          if (!mayApprove(one)) continue;
          if (pressedAt.has(one.order)) counts.again += 1;
          promisedUnchanged.delete(one.order);
          await press(one);
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      await world.quiet();
    },
    tell: (title, ...seen) => {
      const commits = waiting.map(({ order }) => world.fleet.validateCommits(order));
      const twice = commits.filter((count) => count > 1).length;
      const ms = Math.round(performance.now() - startedAt);
      const { pressed, unchanged, unclear, again } = counts;
      console.log(
        `${title}: pressed ${pressed}, of these ${again} again; told "nothing was changed" ${unchanged}, "couldn't confirm" ${unclear}; ordered ${commits.filter((count) => count > 0).length} of ${waiting.length}, twice ${twice}; ${[...seen, `${ms} ms in all`].join('; ')}`,
      );
      if (twice > 0) untrue.push(`${twice} orders were placed twice`);
      if (untrue.length > 0) throw new Error(untrue.join('\n'));
    },
  };
}

async function waitingRequests(world: World, count: number): Promise<readonly Waiting[]> {
  const store = storeOf(world);
  await until(() =>
    store.pause().then(
      () => true,
      () => false,
    ),
  );
  const waiting: Waiting[] = [];
  for (let index = 0; index < count; index += 1) {
    const { fleetOrderId: order } = await sentRequest(world, store, index);
    const approver = approverOf(index).slackUserId;
    const find = () =>
      world.slack
        .person(approver)
        .messagesIn()
        .find((one) => one.text().includes(`(order ${order})`) && one.buttons().length > 0);
    await until(() => find() !== undefined, 20_000).catch((error: unknown) => {
      const seen = world.slack
        .person(approver)
        .messagesIn()
        .map((one) => one.text());
      throw new Error(`no card of order ${order}: ${error}\n${seen.join('\n')}\n${lastLines(world)}`);
    });
    const card = find();
    if (card !== undefined) waiting.push({ order, approver, card });
  }
  await world.quiet();
  return waiting;
}

async function isReady({ instances }: World): Promise<boolean> {
  const missing = await Promise.all(instances.map(({ port }) => missingOf(port)));
  return missing.flat().length === 0;
}

async function missingOf(port: number): Promise<readonly string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return ((await answer.json()) as { readonly missing: readonly string[] }).missing;
}

const lastLines = ({ logged }: World): string =>
  logged
    .slice(-20)
    .map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`)
    .join('\n');

const failuresOf = ({ logged }: World): number =>
  logged.filter(({ message }) => message === 'a listener failed').length;

function toldTo({ slack }: World, slackUserId: string) {
  const texts = slack
    .person(slackUserId)
    .ephemerals()
    .map((one) => one.text());
  const count = (text: string) => texts.filter((one) => one.includes(text)).length;
  return { unchanged: count(notRecordedText), unclear: count(unclearText) };
}
