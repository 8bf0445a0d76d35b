import { afterAll, describe, expect, it } from 'vitest';
import type { Lane } from './lane.ts';
import { countOf, cutPointsOf, laneFor, lanesOf } from './plan.ts';
import { nameOf, type Told } from './story.ts';
import { openCrashSuite } from './suite.ts';

const suite = await openCrashSuite();
const recorded = await suite.record();
const points = cutPointsOf(recorded);
const lanes = lanesOf(points);

const sum = { kills: 0, violations: 0 };
async function play(lane: Lane): Promise<Told> {
  const told = await suite.play(lane);
  sum.kills += told.deaths;
  sum.violations += told.problems.length;
  return told;
}

afterAll(async () => {
  await suite.close();
  const { kills, violations } = sum;
  console.log(
    `crash: ${countOf(points)} cut points, ${lanes.length} stories, ${kills} kills, ${violations} violations`,
  );
}, 60_000);

const titleOf = ({ kills }: Lane): string =>
  Object.entries(kills)
    .map(([step, kill]) => `${step} at ${nameOf(kill)}`)
    .join('; ');

describe('a process that is killed at any point', () => {
  it('is none in the stories that list the cut points', () => {
    expect(recorded.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('can be killed at twenty points and more of every decision, and everywhere between two promises', () => {
    for (const step of ['add', 'change', 'send', 'approve', 'decline'] as const)
      expect(points[step].length, step).toBeGreaterThanOrEqual(15);
    expect(countOf(points)).toBeGreaterThanOrEqual(100);
    const names = points.approve.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'commit(validating + carry_out_approval + update_cards + once) before',
        'commit(validating + carry_out_approval + update_cards + once) after',
        'press.before_ack',
        'press.after_ack',
        'relay.between_add_and_drop',
        'fleet.validateCart before',
        'in flight validateCart late',
        'fleet.validateCart after',
        'job.notify.carried_out',
      ]),
    );
    expect(points.send.map(({ name }) => name)).toContain('cards.posted');
  });

  for (const lane of lanes)
    it.concurrent(`leaves nothing undone: ${titleOf(lane)}`, { timeout: 240_000 }, async () => {
      const told = await play(lane);
      expect(told.problems, told.log.join('\n')).toEqual([]);

      for (const missed of told.missed) {
        const alone = await play(laneFor(missed));
        expect(alone.problems, alone.log.join('\n')).toEqual([]);
        expect(alone.missed).toEqual([]);
      }
    });
});
