import { Big } from 'big.js';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { modeOf, totalText } from '../../../src/views/request/rows.ts';
import type { Life } from '../life.ts';

/** What happens in Fleet between our last look and the claim goes unnoticed for no longer. */
const UNNOTICED_MS = 5_000;

/**
 * What was approved is what the pressed card showed, and what our validate orders is what the last claim signed: devices,
 * mode, price, and in whose name. What the cockpit does between our last look and Fleet's own commit is Fleet's to guard.
 * What is wrong is collected.
 */
export function watchOrders(life: Life, pressed: ReadonlySet<object>): string[] {
  const wrong: string[] = [];
  const claims = new Map<number, DeviceRequest[]>();
  const touched = new Map<number, number>();
  life.observers.push((is, was) => {
    if (!isClaim(is, was)) return;
    claims.set(is.fleetOrderId, [...(claims.get(is.fleetOrderId) ?? []), is]);
    if (life.clock.now - (touched.get(is.fleetOrderId) ?? 0) >= UNNOTICED_MS) touched.delete(is.fleetOrderId);
  });
  life.observers.push((is, was) => {
    if (is.state.kind !== 'validating' || was?.state.kind !== 'pending') return;
    const total = JSON.stringify(totalText(is.total, modeOf(is))).slice(1, -1);
    const isShown = [...pressed].some((body) => JSON.stringify(body).includes(total));
    if (!isShown) wrong.push(`order ${is.fleetOrderId}: the pressed card did not show ${total}`);
  });
  life.fleet.state.subscribe(({ what, orderId = 0 }) => {
    const order = life.fleet.order(orderId);
    if (what === 'cart_changed_in_cockpit') touched.set(orderId, life.clock.now);
    if (what === 'catalog') for (const id of life.fleet.state.orders.keys()) touched.set(id, life.clock.now);
    const validation = order?.validations.at(-1);
    if (what !== 'cart_validated' || order === undefined || validation?.by !== 'api') return;
    const signed = claims
      .get(orderId)
      ?.findLast(({ state }) => 'by' in state && state.by.fleetUserId === validation.signatoryId);
    if (signed === undefined) return void wrong.push(`order ${orderId}: nobody signed as ${validation.signatoryId}`);
    if (touched.has(orderId)) return;
    const ordered = order.lines.map((one) =>
      [one.productId, one.deliveryCountry, one.keyboardLayout, one.userId].join(),
    );
    const wanted = signed.lines.map((one) =>
      [one.productId, one.deliveryCountry, one.keyboardLayout, one.fleetUserId].join(),
    );
    if (ordered.sort().join(' ') !== wanted.sort().join(' '))
      wrong.push(`order ${orderId}: ${ordered.join(' ')}, signed ${wanted.join(' ')}`);
    if (order.acquisitionMode !== signed.mode)
      wrong.push(`order ${orderId}: ${order.acquisitionMode}, signed ${signed.mode}`);
    const costs = order.lines.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).toFixed(2);
    // A card says what Fleet states, and our own sum where that is another one.
    const { fleet, ours } = signed.total;
    const said = [fleet, ...ours].map((one) => new Big(one?.amount ?? 0).toFixed(2));
    if (!said.includes(costs)) wrong.push(`order ${orderId} costs ${costs}, and ${said.join(' or ')} was signed`);
  });
  return wrong;
}

/** The commit right before a validate leaves: a first one, or one more after a look. */
function isClaim({ state }: DeviceRequest, was: DeviceRequest | null): boolean {
  if (state.kind === 'validating') return state.validateSentAt !== null;
  const before = was?.state;
  if (state.kind !== 'unconfirmed' || before?.kind !== 'unconfirmed') return false;
  return state.gaveUpAt !== before.gaveUpAt && state.looks !== before.looks;
}
