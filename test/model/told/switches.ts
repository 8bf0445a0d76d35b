import fc from 'fast-check';
import {
  allDueRun,
  points as cutPoints,
  jobRuns,
  jobRunsTwice,
  processEnds,
  sweeps,
  timePasses,
} from '../job-steps.ts';
import { cockpitActs, deactivated, fleetFails, lateLands, role, slackFails } from '../world-steps.ts';
import type { Account } from './accounts.ts';
import {
  type Act,
  act,
  acted,
  approve,
  approvedTwice,
  asBefore,
  cardAct,
  claraOrDan,
  decisions,
  dueJobs,
  goesBy,
  goesOn,
  HOUR,
  instance,
  MINUTE,
  SECOND,
  standsStill,
  together,
} from './act.ts';
import { buys, cartActs, takesOver } from './cart-acts.ts';
import type { Lost } from './memory.ts';
import { type CardAct, deliverAgain, pressCard } from './press.ts';

const orderIndex = fc.constantFrom(0, 0, 0, 1);
const cockpit = (...names: (keyof typeof cockpitActs)[]) =>
  fc.tuple(fc.constantFrom(...names), orderIndex).map(([name, back]) =>
    act(`cockpit: ${name}, order ${back} from the newest`, ({ life }) => {
      const order = [...life.fleet.state.orders.values()].at(-1 - back);
      if (order === undefined || order.clientStatus !== null || order.isDeleted) return;
      cockpitActs[name]({ ...life, order: order.id as never });
    }),
  );

const times = fc.integer({ min: 1, max: 3 });
const holdPoints = [
  ...['approve.before_read', 'approve.before_patch', 'approve.before_claim', 'approve.before_validate'],
  ...['approve.after_validate', 'look.before_probe', 'look.before_claim', 'send.before_commit', 'cart.before_patch'],
  ...['cart.patched', 'cards.posted'],
];

interface Switch {
  readonly isOn: boolean;
  readonly weight: number;
  readonly acts: fc.Arbitrary<Act>;
}

/** One row for each kind of thing that happens. What is off is known to be told wrongly still. */
export const switches = {
  approvals: { isOn: true, weight: 4, acts: approve },
  decisions: { isOn: true, weight: 3, acts: decisions },
  'two approvals at once': { isOn: true, weight: 1, acts: approvedTwice },
  carts: { isOn: true, weight: 4, acts: cartActs('anna') },
  jobs: {
    isOn: true,
    weight: 5,
    acts: fc.oneof(
      ...[1, 2, 3].map(() => fc.boolean().map((one) => asBefore(allDueRun(one)))),
      fc.tuple(fc.oneof(fc.constant(0), fc.nat({ max: 5 })), instance).map((all) => asBefore(jobRuns(...all))),
      fc.nat({ max: 3 }).map((one) => asBefore(jobRunsTwice(one))),
      fc.constant(asBefore(sweeps)),
    ),
  },
  'processes end': {
    isOn: true,
    weight: 1,
    acts: fc.tuple(fc.constantFrom(...cutPoints), instance).map((all) => asBefore(processEnds(...all))),
  },
  time: {
    isOn: true,
    weight: 2,
    acts: fc
      .tuple(fc.constantFrom(SECOND, 5 * SECOND, 20 * SECOND, MINUTE, 5 * MINUTE, 4 * HOUR, 49 * HOUR), fc.boolean())
      .map(([ms, isIdle]) => (isIdle ? asBefore(timePasses(ms)) : goesBy(ms))),
  },
  'Fleet fails': {
    isOn: true,
    weight: 2,
    acts: fc
      .tuple(
        fc.constantFrom(
          'validateCart' as const,
          'validateCart' as const,
          'patchCart' as const,
          'getCart' as const,
          'getOrder' as const,
          '*' as const,
        ),
        fc.constantFrom(
          'hang_before_commit' as const,
          'hang_after_commit' as const,
          'reset_after_commit' as const,
          'server_error_before_commit' as const,
          'server_error_after_commit' as const,
          'rate_limited' as const,
          'html' as const,
          'reset_mid_body' as const,
        ),
        times,
      )
      .map((all) => asBefore(fleetFails(...all))),
  },
  'a validate is late': {
    isOn: true,
    weight: 1,
    acts: fc.oneof(
      fc.constant(
        act(
          'Fleet: the next validate lands after it was given up',
          ({ life }) => void Object.assign(life.fleet.late, { isNext: true, afterMs: 20 * SECOND }),
        ),
      ),
      fc.constant(asBefore(lateLands)),
    ),
  },
  'Slack fails': {
    isOn: true,
    weight: 1,
    acts: fc
      .tuple(fc.constantFrom('post' as const, 'update' as const), fc.nat({ max: 1 }), fc.boolean(), times)
      .map((all) => asBefore(slackFails(...all))),
  },
  roles: {
    isOn: true,
    weight: 1,
    acts: fc.oneof(
      fc.tuple(claraOrDan, fc.boolean()).map((all) => asBefore(role(...all))),
      fc
        .tuple(fc.constantFrom('clara' as const, 'dan' as const), fc.boolean())
        .map((all) => asBefore(deactivated(...all))),
    ),
  },
  'the cockpit changes carts': {
    isOn: true,
    weight: 1,
    acts: cockpit(
      'a device is added',
      'a device is taken out',
      'it is locked',
      'it is unlocked',
      'the payment method goes',
      'a payment method comes',
    ),
  },
  'the cockpit changes prices': { isOn: true, weight: 1, acts: cockpit('the price goes up') },
  purchases: { isOn: true, weight: 1, acts: buys('anna') },
  'the cockpit orders': { isOn: true, weight: 2, acts: cockpit('it is ordered') },
  'the cockpit deletes': { isOn: true, weight: 1, acts: cockpit('it is deleted') },
  'Fleet answers 408': {
    isOn: true,
    weight: 1,
    acts: fc
      .tuple(
        fc.constantFrom(
          'validateCart' as const,
          'validateCart' as const,
          'patchCart' as const,
          'createCart' as const,
          'getCart' as const,
          'getOrder' as const,
        ),
        fc.constantFrom(408, 499, 425, 404),
        fc.constantFrom('before_commit' as const, 'after_commit' as const),
        times,
      )
      .map(([operation, status, stage, often]) =>
        act(`Fleet: ${status} in words ${stage} of ${operation}, ${often} times`, ({ life }) => {
          const body = { error: 'The request took too long' };
          life.fleet.faults.add({ kind: 'answer', operation, status, body, stage, times: often });
        }),
      ),
  },
  'a validate is minutes late': {
    isOn: true,
    weight: 1,
    acts: fc.constantFrom(2 * MINUTE, 4 * MINUTE).map((afterMs) =>
      act(`Fleet: the next validate lands ${afterMs / MINUTE} minutes later`, ({ life }) => {
        life.fleet.rules.secondValidate = 'refuse';
        Object.assign(life.fleet.late, { isNext: true, afterMs });
      }),
    ),
  },
  'reads lag': {
    isOn: true,
    weight: 1,
    acts: fc
      .record({
        carts: fc.constantFrom(0, 2 * SECOND, 20 * SECOND),
        orders: fc.constantFrom(0, 2 * SECOND, 20 * SECOND),
      })
      .map((lag) =>
        act(`Fleet: carts lag ${lag.carts / SECOND} s, orders ${lag.orders / SECOND} s`, ({ life }) => {
          Object.assign(life.fleet.lagMs, lag);
        }),
      ),
  },
  'processes stand still': {
    isOn: true,
    weight: 2,
    acts: fc.oneof(
      fc.constantFrom(...holdPoints).map(standsStill),
      fc.constant(goesOn),
      fc
        .tuple(
          fc.constantFrom(...holdPoints),
          fc.oneof(approve, decisions),
          fc.constantFrom(SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE),
          fc.array(fc.oneof(decisions, approve, fc.constantFrom(dueJobs, goesBy(2 * MINUTE))), { maxLength: 4 }),
        )
        .map(([point, first, ms, meanwhile]) =>
          together(standsStill(point), first, dueJobs, goesBy(ms), ...meanwhile, goesOn),
        ),
    ),
  },
  'presses are delivered again': {
    isOn: true,
    weight: 2,
    acts: fc
      .tuple(fc.nat({ max: 3 }), instance)
      .map(([nth, on]) =>
        acted(`delivered again, ${nth} back, instance ${on}`, (stage) => deliverAgain(stage, nth, on)),
      ),
  },
  'two accounts': {
    isOn: true,
    weight: 3,
    acts: fc.oneof(cartActs('anna too'), takesOver('anna too'), cardAct('withdraw', fc.constant('anna too'))),
  },
  ...rollback('everything'),
  ...rollback('the records'),
  ...rollback('the queue'),
} satisfies Record<string, Switch>;

function rollback<L extends Lost>(lost: L) {
  const meanwhile = fc.array(fc.oneof(approve, decisions, cartActs('anna'), fc.constant(dueJobs)), {
    ...{ minLength: 1, maxLength: 4 },
  });
  const acts = meanwhile.map((all) =>
    together(
      act('the replica lags', ({ memory }) => memory.keep()),
      ...all,
      act(`Redis goes back: ${lost}`, ({ memory }) => memory.goBack(lost)),
    ),
  );
  const isOn = lost === 'the queue';
  return { [`Redis loses ${lost}`]: { isOn, weight: 2, acts } } as Record<`Redis loses ${L}`, Switch>;
}

export type SwitchName = keyof typeof switches;

const pressOf = (by: Account, what: CardAct): Act =>
  acted(`${by}: ${what}`, (stage) => pressCard(stage, { act: what, by, to: 'dan', card: 0, on: 0 }));
const validateFails = (kind: Parameters<typeof fleetFails>[1]): Act => asBefore(fleetFails('validateCart', kind, 1));

/** Where a life begins, once Anna has sent her cart to Clara. A switch that is off takes its beginnings along. */
export const beginnings: readonly { readonly acts: readonly Act[]; readonly of: SwitchName }[] = [
  ...[1, 2, 3].map(() => ({ acts: [], of: 'jobs' as const })),
  { acts: [pressOf('clara', 'approve')], of: 'approvals' },
  { acts: [pressOf('clara', 'decline'), dueJobs], of: 'decisions' },
  { acts: [pressOf('anna', 'withdraw'), dueJobs], of: 'decisions' },
  { acts: [pressOf('clara', 'approve'), validateFails('reset_before_commit'), dueJobs], of: 'Fleet fails' },
  { acts: [pressOf('clara', 'approve'), validateFails('hang_after_commit'), dueJobs], of: 'Fleet fails' },
  { acts: [standsStill('approve.before_validate'), pressOf('clara', 'approve'), dueJobs], of: 'processes stand still' },
  { acts: [pressOf('clara', 'approve'), standsStill('approve.after_validate'), dueJobs], of: 'processes stand still' },
];
