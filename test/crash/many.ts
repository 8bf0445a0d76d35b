/**
 * The whole suite again and again, in random order, at random passings and with random second deaths:
 *
 *   REDIS_URL=… npx tsx test/crash/many.ts [rounds] [minutes]
 *
 * On a real Redis: the embedded one grows slow with what the rounds leave behind, and what is late counts as lost.
 */
import { countOf, cutPointsOf } from './plan.ts';
import { randomLanes } from './random-lanes.ts';
import type { Told } from './story.ts';
import { openCrashSuite } from './suite.ts';

const rounds = Number(process.argv[2] ?? 1);
const until = Date.now() + Number(process.argv[3] ?? 60) * 60_000;

const suite = await openCrashSuite();
const recorded = await suite.record();
const points = cutPointsOf(recorded, { everyTime: true });
const sum = { rounds: 0, stories: 0, kills: 0, missed: 0, violations: 0 };

for (let round = 1; round <= rounds && Date.now() < until; round += 1) {
  const lanes = randomLanes(points);
  const told = await Promise.all(lanes.map((lane) => suite.play(lane).catch(brokenBy)));
  sum.rounds += 1;
  for (const [index, { deaths, missed, problems, log }] of told.entries()) {
    sum.stories += 1;
    sum.kills += deaths;
    sum.missed += missed.length;
    sum.violations += problems.length;
    for (const problem of problems)
      console.log(`VIOLATION ${problem}\n  ${JSON.stringify(lanes[index])}\n  ${log.slice(-5).join('\n  ')}`);
  }
  console.log(`round ${round}: ${countOf(points)} cut points, so far ${JSON.stringify(sum)}`);
}
await suite.close();
process.exit(sum.violations === 0 ? 0 : 1);

function brokenBy(error: unknown): Told {
  return { problems: [`the story broke: ${String(error)}`], deaths: 0, missed: [], passed: {}, log: [] };
}
