/**
 * The whole suite again and again:
 *
 *   REDIS_URL=… npx tsx test/crash/many.ts [rounds] [minutes] [planned | random]
 *
 * `planned`: each round is what CI runs, every cut point once. `random`: every passing of each cut point, in random
 * order and with random second deaths.
 * On a real Redis: the embedded one grows slow with what the rounds leave behind, and what is late counts as lost.
 */
import type { Lane } from './lane.ts';
import { countOf, cutPointsOf, laneFor, lanesOf } from './plan.ts';
import { randomLanes } from './random-lanes.ts';
import type { Told } from './story.ts';
import { openCrashSuite } from './suite.ts';

const rounds = Number(process.argv[2] ?? 1);
const until = Date.now() + Number(process.argv[3] ?? 60) * 60_000;
const isPlanned = process.argv[4] !== 'random';

const suite = await openCrashSuite();
const recorded = await suite.record();
const points = cutPointsOf(recorded, { everyTime: !isPlanned });
const sum = { rounds: 0, stories: 0, kills: 0, missed: 0, violations: 0 };

for (let round = 1; round <= rounds && Date.now() < until; round += 1) {
  const missed = await playAll(isPlanned ? lanesOf(points) : randomLanes(points));
  // A point that a double death left out has a story of its own, as in CI.
  if (isPlanned) sum.missed += (await playAll(missed.map(laneFor))).length;
  else sum.missed += missed.length;
  sum.rounds += 1;
  console.log(
    `${new Date().toISOString()} round ${round}: ${countOf(points)} cut points, so far ${JSON.stringify(sum)}`,
  );
}
await suite.close();
process.exit(sum.violations === 0 ? 0 : 1);

async function playAll(lanes: readonly Lane[]): Promise<Told['missed'][number][]> {
  const told = await Promise.all(lanes.map((lane) => suite.play(lane).catch(brokenBy)));
  for (const [index, { deaths, problems, log }] of told.entries()) {
    sum.stories += 1;
    sum.kills += deaths;
    sum.violations += problems.length;
    for (const problem of problems)
      console.log(`VIOLATION ${problem}\n  ${JSON.stringify(lanes[index])}\n  ${log.slice(-5).join('\n  ')}`);
  }
  return told.flatMap(({ missed }) => missed);
}

function brokenBy(error: unknown): Told {
  return { problems: [`the story broke: ${String(error)}`], deaths: 0, missed: [], passed: {}, log: [] };
}
