import { refreshDirectory } from '../../src/services/people/directory.ts';
import { type Life, profileOf } from './life.ts';
import { isOpenKind, type Model } from './model.ts';
import { cast, type Name } from './people.ts';
import { sendAgain } from './send.ts';
import { type Step, step } from './steps.ts';

export const operations = ['validateCart', 'patchCart', 'getCart', 'getOrder', '*'] as const;
export const kinds = [
  ...(['hang_before_commit', 'hang_after_commit', 'reset_before_commit', 'reset_after_commit'] as const),
  ...(['server_error_before_commit', 'server_error_after_commit', 'rate_limited', 'html', 'broken_json'] as const),
  ...(['reset_mid_body', 'empty_body', 'service_unavailable', 'wrong_shape'] as const),
];
export const fleetFails = (operation: (typeof operations)[number], kind: (typeof kinds)[number], times: number): Step =>
  step(`Fleet: ${kind} of ${operation}, ${times} times`, (_, life) => {
    life.fleet.faults.add({ operation, kind, times });
  });
export const validateIsLate = step('Fleet: the next validate lands after it was given up', (_, life) => {
  life.fleet.late.isNext = true;
});
export const lateLands = step('Fleet: the late validate lands', async (_, life) => life.fleet.late.land?.());

const slackFailures = [
  { kind: 'unavailable' },
  { kind: 'rate_limited', retryAfterMs: 3_000 },
  { kind: 'cannot_reach_person', error: 'user_disabled' },
  { kind: 'cannot_post_there', error: 'channel_not_found' },
] as const;
export const slackFails = (call: 'post' | 'update', index: number, isAfterwards: boolean, left: number): Step => {
  const failure = slackFailures[call === 'update' || isAfterwards ? index % 2 : index] ?? slackFailures[0];
  const isLost = isAfterwards && call === 'update';
  return step(`Slack: ${failure.kind} of ${call}${isLost ? ', which went through' : ''}, ${left} times`, (_, life) => {
    life.slack.trouble({ call, failure, isAfterwards: isLost, left });
  });
};

export const cockpitActs = {
  'the price goes up': ({ fleet }: Life) =>
    fleet.cockpit.changePrice(101, { EUR: { LEASING: 70 + fleet.state.orders.size, BUY: 1700 } }),
  'a device is added': ({ fleet, order }: Life) => fleet.cockpit.addLine(order, { productId: 131 }),
  'a device is taken out': ({ fleet, order }: Life) => fleet.cockpit.removeLine(order),
  'it is ordered': ({ fleet, order }: Life) => fleet.cockpit.validate(order, { purchaserId: 11, signatoryId: 22 }),
  'it is deleted': ({ fleet, order }: Life) => fleet.cockpit.deleteCart(order),
  'it is locked': ({ fleet, order }: Life) => fleet.cockpit.lockCart(order),
  'it is unlocked': ({ fleet, order }: Life) => fleet.cockpit.unlockCart(order),
  'the payment method goes': ({ fleet }: Life) => fleet.cockpit.removePaymentMethod(),
  'a payment method comes': ({ fleet }: Life) => fleet.cockpit.addPaymentMethod(),
} as const;
const isCartStill = (life: Life): boolean => {
  const order = life.fleet.order(life.order);
  return order?.clientStatus === null && !order.isDeleted;
};
export const cockpit = (act: keyof typeof cockpitActs): Step =>
  step(`cockpit: ${act}`, async (_, life) => {
    // What Fleet holds between our last look and its own ordering is Fleet's to guard: nobody can from here.
    await life.fleet.late.land?.();
    if (isCartStill(life)) cockpitActs[act](life);
  });

export const role = (name: Exclude<Name, 'anna'>, isAdmin: boolean): Step =>
  step(`${name} is ${isAdmin ? '' : 'no longer '}an admin in Fleet`, async (model, life) => {
    life.fleet.faults.clear();
    life.fleet.cockpit.setRole(cast[name].fleetUserId, isAdmin ? 'ADMIN' : 'EMPLOYEE');
    await refreshDirectory(life.context);
    if (isAdmin) model.admins.add(name);
    else model.admins.delete(name);
  });
export const deactivated = (name: Exclude<Name, 'anna'>, isGone: boolean): Step =>
  step(`${name} is ${isGone ? 'deactivated' : 'active again'} in Slack`, async (model, life) => {
    const profile = profileOf(name, life.workspaceId, isGone);
    life.profiles.set(profile.slackUserId, profile);
    await life.context.store.putProfile(profile);
    if (isGone) model.deactivated.add(name);
    else model.deactivated.delete(name);
  });

export const sentAgain = (to: Name): Step =>
  step(`Anna sends it again, to ${to}`, sendAgain(to), (model: Model) => !isOpenKind(model.standing.kind));
