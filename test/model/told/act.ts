import fc from 'fast-check';
import { allDueRun } from '../job-steps.ts';
import { relay } from '../life.ts';
import type { Model } from '../model.ts';
import type { Step } from '../steps.ts';
import type { Account } from './accounts.ts';
import { jobsUntil } from './afterwards.ts';
import { type CardAct, pressCard } from './press.ts';
import type { Stage } from './stage.ts';

/** One thing that happens in a life. Nothing is expected of it: what is told afterwards is. */
export interface Act {
  readonly run: (stage: Stage, model: Model) => Promise<void> | void;
  readonly toString: () => string;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const act = (text: string, run: Act['run']): Act => ({ run, toString: () => text });

/** A step of the other model, without its expectations. */
export const asBefore = (step: Step): Act =>
  act(step.toString(), (stage, model) => step.run(model, { life: stage.life, check: async () => {} }));

/** What was accepted at Slack is due 0.3 s later. */
export const acted = (text: string, run: (stage: Stage) => Promise<void>): Act =>
  act(text, async (stage) => {
    await run(stage);
    await stage.life.age(300);
  });

/** One after the other, so that what belongs together is not seldom met. */
export const together = (...all: readonly Act[]): Act =>
  act(all.map(String).join(' + '), async (stage, model) => {
    for (const one of all) {
      await one.run(stage, model);
      await relay(stage.life);
    }
  });

export const dueJobs = asBefore(allDueRun(false));

/** As it is when nobody stands still: every job runs when it is due. */
export const goesBy = (ms: number): Act =>
  act(`${ms / SECOND} s go by, and jobs run when they are due`, (stage) => jobsUntil(stage, stage.life.clock.now + ms));

export const standsStill = (point: string): Act =>
  act(`the next process to come by ${point} stands still`, ({ life }) => life.hold.next(point));
export const goesOn = act('whoever stood still goes on', async ({ life }) => life.hold.resume());

export const instance = fc.constantFrom(0 as const, 1 as const);
export const claraOrDan = fc.constantFrom('clara' as const, 'dan' as const);
const asked = fc.constantFrom('clara' as const, 'clara' as const, 'dan' as const);

export function cardAct(what: CardAct, by: fc.Arbitrary<Account>): fc.Arbitrary<Act> {
  return fc
    .tuple(by, claraOrDan, fc.constantFrom(0, 0, 1), instance)
    .map(([who, to, card, on]) =>
      acted(`${who}: ${what} (${to}), card ${card}, instance ${on}`, (stage) =>
        pressCard(stage, { act: what, by: who, to, card, on }),
      ),
    );
}

const approval = cardAct('approve', asked);
export const approve = fc.oneof(approval, ...[1, 2].map(() => approval.map((one) => together(one, dueJobs))));

export const decisions = fc.oneof(
  cardAct('decline', asked),
  cardAct('askForChanges', asked),
  cardAct('handOver', asked),
  cardAct('withdraw', fc.constant('anna')),
  cardAct('remind', fc.constant('anna')),
  cardAct('chooseApprover', fc.constant('anna')),
);

export const approvedTwice = fc.tuple(asked, asked).map(([one, other]) =>
  acted(`at once on both instances: ${one} and ${other} approve`, async (stage) => {
    const press = { act: 'approve', to: 'dan', card: 0 } as const;
    await Promise.all([
      pressCard(stage, { ...press, by: one, on: 0 }),
      pressCard(stage, { ...press, by: other, on: 1 }),
    ]);
  }),
);
