import fc from 'fast-check';
import { allDueRun, jobRuns, jobRunsTwice, points, processEnds, sweeps, timePasses, waits } from './job-steps.ts';
import { aPress, instance, pressed, pressedTogether } from './press-steps.ts';
import type { Press } from './presses.ts';
import { type Step, stands } from './steps.ts';
import {
  cockpit,
  cockpitActs,
  deactivated,
  fleetFails,
  kinds,
  lateLands,
  operations,
  role,
  sentAgain,
  slackFails,
  validateIsLate,
} from './world-steps.ts';

/** 0 is the job that asks Fleet. */
const nth = fc.oneof(fc.constant(0), fc.nat({ max: 5 }));
const colleague = fc.constantFrom('clara' as const, 'dan' as const, 'eva' as const);

/** Often what an ordinary life is made of, seldom what goes wrong; everything that the product names. */
export const commands: fc.Arbitrary<Step>[] = [
  ...[1, 2, 3].map(() => aPress.map(pressed)),
  fc.tuple(aPress, aPress).map(([one, other]) => pressedTogether(one, other)),
  aPress.map((one) => pressedTogether({ ...one, on: 0 }, { ...one, on: 1 })),
  ...[1, 2].map(() => fc.tuple(nth, instance).map((all) => jobRuns(...all))),
  fc.tuple(fc.constantFrom(...points), instance).map((all) => processEnds(...all)),
  nth.map(jobRunsTwice),
  ...[1, 2].map(() => fc.boolean().map(allDueRun)),
  fc.constant(sweeps),
  fc.constantFrom(...waits).map(timePasses),
  fc
    .tuple(fc.constantFrom(...operations), fc.constantFrom(...kinds), fc.integer({ min: 1, max: 3 }))
    .map((all) => fleetFails(...all)),
  fc.constantFrom(validateIsLate, lateLands),
  fc
    .tuple(
      fc.constantFrom('post' as const, 'update' as const),
      fc.nat({ max: 3 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 2 }),
    )
    .map((all) => slackFails(...all)),
  fc.constantFrom(...(Object.keys(cockpitActs) as (keyof typeof cockpitActs)[])).map(cockpit),
  fc.tuple(colleague, fc.boolean()).map((all) => role(...all)),
  fc.tuple(colleague, fc.boolean()).map((all) => deactivated(...all)),
  colleague.map(sentAgain),
];

const approved: Press = { act: 'approve', by: 'whoever is asked', to: 'dan', card: 'newest', on: 0 };

/** Where a life begins, so that what is seldom reached is not seldom tried. */
export const beginnings: Readonly<Record<string, readonly Step[]>> = {
  'it was just sent': [],
  'it is approved': [allDueRun(false), pressed(approved)],
  'nobody knows whether it is ordered': [
    pressed(approved),
    fleetFails('validateCart', 'reset_before_commit', 1),
    allDueRun(false),
  ],
  'Fleet has ordered it and nobody knows': [
    pressed(approved),
    fleetFails('validateCart', 'hang_after_commit', 1),
    allDueRun(false),
  ],
  'the process ended right before its validate': [pressed(approved), processEnds('approve.before_validate', 0)],
  'the process ended right after its validate': [pressed(approved), processEnds('approve.after_validate', 0)],
  'its validate is late': [pressed(approved), validateIsLate, allDueRun(false)],
  'Fleet refused it': [cockpit('the payment method goes'), pressed(approved), allDueRun(false)],
  'its price is not what was signed': [
    cockpit('the price goes up'),
    pressed(approved),
    allDueRun(false),
    stands('pending'),
  ],
  'it holds more than was signed': [
    cockpit('a device is added'),
    pressed(approved),
    allDueRun(false),
    stands('pending'),
  ],
  'it differs, and its deadline passed while Fleet was asked': [
    cockpit('the price goes up'),
    pressed(approved),
    timePasses(3 * 24 * 60 * 60_000),
    allDueRun(true),
  ],
  'Fleet refused it, and its deadline passed while Fleet was asked': [
    cockpit('the payment method goes'),
    pressed(approved),
    timePasses(3 * 24 * 60 * 60_000),
    allDueRun(true),
  ],
  'Fleet refused it a day later': [
    cockpit('the payment method goes'),
    pressed(approved),
    timePasses(25 * 60 * 60_000),
    allDueRun(true),
    stands('pending'),
  ],
  'another approver was chosen': [
    role('clara', false),
    timePasses(25 * 60 * 60_000),
    allDueRun(false),
    timePasses(4 * 60 * 60_000),
    allDueRun(false),
    pressed({ act: 'choose another', by: 'anna', to: 'dan', card: 'newest', on: 1 }),
  ],
  'its approver may no longer sign': [role('clara', false), timePasses(25 * 60 * 60_000), allDueRun(false)],
};
