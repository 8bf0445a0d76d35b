import { setTimeout as sleep } from 'node:timers/promises';
import { people } from '../../sandbox/acme.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { checkStory } from './check-story.ts';
import { type CrashWorld, startCrashWorld } from './crash-world.ts';
import type { Kill, Lane } from './lane.ts';
import type { CutPoint } from './messages.ts';
import type { Processes } from './processes.ts';
import { type StepName, steps } from './steps.ts';

export interface Told {
  readonly problems: readonly string[];
  readonly deaths: number;
  /** The cut points that were armed and not passed. */
  readonly missed: readonly { readonly step: StepName; readonly at: CutPoint }[];
  /** Per step, what was passed: the recording run lists the cut points by it. */
  readonly passed: Partial<Record<StepName, readonly string[]>>;
  readonly log: readonly string[];
}

export const toOrder: readonly StepName[] = ['add', 'change', 'send', 'approve'];
export const toRefusal: readonly StepName[] = ['add', 'send', 'decline'];

/** From an empty cart to the decision, with a process that dies wherever the lane says, and what was wrong then. */
export async function playStory(processes: Processes, redisUrl: string, lane: Lane): Promise<Told> {
  const world = await startCrashWorld(processes, redisUrl);
  const missed: Told['missed'][number][] = [];
  const passed: Partial<Record<StepName, readonly string[]>> = {};
  try {
    await settled(world, () => world.log().some((line) => line.includes('the directory is complete')));
    for (const name of lane.path) {
      const kill = lane.kills[name];
      const deaths = world.deaths();
      const problems = await problemsOf(world, name, kill);
      passed[name] = [...world.passed];
      missed.push(...missedOf(name, kill, world.deaths() - deaths));
      if (problems.length > 0) break;
    }
    if (world.problems.length === 0) world.problems.push(...(await checkStory(world, lane)));
    return { problems: world.problems, deaths: world.deaths(), missed, passed, log: world.log() };
  } finally {
    await world.close();
  }
}

async function problemsOf(world: CrashWorld, name: StepName, kill: Kill | undefined): Promise<readonly string[]> {
  const before = world.problems.length;
  try {
    await playStep(world, name, kill);
  } catch (error) {
    world.problems.push(error instanceof Error ? error.message : String(error));
  }
  const met = world.problems.splice(before).map((problem) => `${name}, killed at ${nameOf(kill)}: ${problem}`);
  world.problems.push(...met);
  return met;
}

function missedOf(step: StepName, kill: Kill | undefined, deaths: number): Told['missed'] {
  if (kill === undefined) return [];
  const planned = kill.next === undefined ? [kill.at] : [kill.at, kill.next];
  return planned.slice(deaths).map((at) => ({ step, at }));
}

export function nameOf(kill: Kill | undefined): string {
  if (kill === undefined) return 'nothing';
  const { at, next } = kill;
  return `${at.name} #${at.nth}${next === undefined ? '' : ` and ${next.name} #${next.nth}`}`;
}

async function playStep(world: CrashWorld, name: StepName, kill: Kill | undefined): Promise<void> {
  const step = steps[name];
  await step.prepare(world);
  await world.slack.quiet(80);
  await world.arm(kill?.at ?? null);
  let sawError = await step.press(world);
  await settled(world, () => step.isDone(world), {
    reviveAt: kill?.next ?? null,
    // Slack's own error was seen: whoever sees it presses again. Anything else that was lost is lost for good.
    again: async () => {
      if (!sawError) throw new Error(`what was accepted did not happen: ${await whatStands(world)}`);
      sawError = await step.press(world);
    },
  });
}

async function whatStands({ durable, slack }: CrashWorld): Promise<string> {
  const requests = await durable.store.requestsBy(people.anna as SlackUserId, 10);
  const draft = await durable.store.draft(people.anna as SlackUserId);
  const modal = slack.person(people.anna).modal();
  const cards = [people.anna, people.clara].flatMap((id) => slack.person(id).messagesIn());
  return JSON.stringify({
    requests: requests.map(({ state, revision, problem, difference }) => ({ state, revision, problem, difference })),
    draft:
      draft === null
        ? null
        : { creatingSince: draft.creatingSince, lockedBy: draft.lockedBy, lines: draft.lines.length },
    modal: modal === undefined ? null : `${modal.title}: ${modal.text()}`,
    work: (await durable.work()).map(({ kind }) => kind),
    cards: cards.map((card) => card.text()),
  });
}

// A machine that is busy with something else is slow, and nothing is lost by that.
const PATIENCE_MS = 90_000;

interface Meanwhile {
  readonly reviveAt?: CutPoint | null;
  readonly again?: () => Promise<void>;
}

/** Nothing is under way any more, whatever had to be revived for that. */
async function settled(world: CrashWorld, isDone: () => boolean, meanwhile: Meanwhile = {}): Promise<void> {
  let { reviveAt = null } = meanwhile;
  const by = Date.now() + PATIENCE_MS;
  while (Date.now() < by) {
    if (!world.isAlive()) {
      await world.revive(reviveAt);
      reviveAt = null;
      continue;
    }
    if (world.isHeld() || !(await world.isQuiet())) {
      if (!world.isHeld()) await world.endWaits();
      await sleep(40);
      continue;
    }
    await world.slack.quiet(100);
    if (!world.isAlive() || !(await world.isQuiet())) continue;
    if (isDone()) return;
    if (meanwhile.again === undefined) await sleep(50);
    else await meanwhile.again();
  }
  throw new Error('it did not come to an end');
}
