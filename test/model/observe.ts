import { type DeviceRequest, isEndedUnordered, type RequestStateKind } from '../../src/domain/request/request.ts';
import type { Life } from './life.ts';
import { type Model, maySign } from './model.ts';
import { nameOf } from './people.ts';

const ways: Readonly<Record<RequestStateKind, readonly RequestStateKind[]>> = {
  pending: ['pending', 'validating', 'declined', 'changes_requested', 'withdrawn', 'expired', 'closed_elsewhere'],
  validating: ['validating', 'pending', 'unconfirmed', 'ordered', 'closed_elsewhere'],
  unconfirmed: ['unconfirmed', 'pending', 'ordered', 'closed_elsewhere'],
  // Fleet moves what was ordered. What ended without an order is checked, and may turn out to be one.
  ordered: ['ordered'],
  closed_elsewhere: ['closed_elsewhere', 'ordered'],
  declined: ['declined', 'ordered', 'closed_elsewhere'],
  changes_requested: ['changes_requested', 'ordered', 'closed_elsewhere'],
  withdrawn: ['withdrawn', 'ordered', 'closed_elsewhere'],
  expired: ['expired', 'ordered', 'closed_elsewhere'],
};

/** Judges every single commit and every validate at the moment when it happens. What is wrong is collected. */
export function observe(life: Life, model: Model): string[] {
  const wrong: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  life.observers.push((is, was) => {
    must(is.revision === (was?.revision ?? 0) + 1, `revision ${is.revision} after ${was?.revision}`);
    if (was === null) return must(is.state.kind === 'pending', 'a request begins pending');
    must(ways[was.state.kind].includes(is.state.kind), `from ${was.state.kind} to ${is.state.kind}`);
    if (was.state.kind !== is.state.kind) judgeStep(life, model, must, is, was);
    if (isEndedUnordered(is.state)) {
      if (was.state.kind !== is.state.kind)
        must(is.ending === 'unchecked', 'said to be checked before Fleet was asked');
      if (is.ending === 'checked')
        must(typeof life.fleet.order(is.fleetOrderId)?.clientStatus !== 'string', 'checked, but Fleet has ordered it');
    }
    if (is.approverGone && !was.approverGone)
      must(!maySign(model, nameOf(is.approver)) || life.slack.refusedPosts() > 0, 'the approver is still there');
  });
  life.fleet.state.subscribe(({ what, orderId }) => {
    if (what === 'cart_validated' && orderId !== undefined) judgeValidate(life, must, orderId);
  });
  return wrong;
}

type Must = (holds: boolean, what: string) => void;

function judgeStep(life: Life, model: Model, must: Must, is: DeviceRequest, was: DeviceRequest): void {
  const { state } = is;
  const order = life.fleet.order(is.fleetOrderId);
  const isOrder = typeof order?.clientStatus === 'string' && !order.isDeleted;
  const ours = life.fleet.validates(is.fleetOrderId);
  switch (state.kind) {
    case 'pending':
      must(!isOrder || (ours.length === 0 && !wasAnswered(is)), 'it waits again although Fleet has ordered it');
      must(is.problem !== null || is.difference !== null || is.approverGone, 'it waits again and nobody learns why');
      return;
    case 'validating':
      must(state.by.slackUserId === was.approver.slackUserId, 'somebody else than the approver signs');
      must(maySign(model, nameOf(state.by)), `${state.by.name} may not sign`);
      must(model.now < was.expiresAt, 'signed after the deadline');
      return;
    case 'ordered':
      must(isOrder, 'ordered, but not in Fleet');
      must(!state.signatoryConfirmed || ours.length === 1, 'confirmed without our validate');
      return;
    case 'expired':
      must(model.now >= was.expiresAt, 'expired too early');
      return;
    case 'closed_elsewhere':
      must(state.how === 'ordered' ? isOrder : order?.isDeleted !== false, 'closed, but not in Fleet');
      must(ours.length === 0, 'said to be ordered elsewhere, but it was us');
      return;
    default:
      return;
  }
}

/** While Fleet cannot be asked, nobody knows what its cockpit did meanwhile: the sweeps find that. */
function wasAnswered({ problem }: DeviceRequest): boolean {
  return problem === null || !['unavailable', 'unreachable', 'no_answer', 'unreadable'].includes(problem.kind);
}

/** What Fleet orders is what the last approval signed, by who pressed it. */
function judgeValidate(life: Life, must: Must, orderId: number): void {
  const order = life.fleet.order(orderId);
  const validation = order?.validations.at(-1);
  if (order === undefined || validation?.by !== 'api') return;
  const request = [...life.history.values()].map((all) => all.at(-1)).findLast((one) => one?.fleetOrderId === orderId);
  const state = request?.state;
  if (request === undefined || (state?.kind !== 'validating' && state?.kind !== 'unconfirmed')) {
    must(false, `validated while ${state?.kind}`);
    return;
  }
  must(order.validations.length === 1, 'validated twice');
  must(
    validation.signatoryWasNamed && validation.signatoryId === state.by.fleetUserId,
    'another signatory than pressed',
  );
  must(validation.signatoryId !== request.requester.fleetUserId, 'the requester signs');
  must(validation.purchaserId === request.requester.fleetUserId, 'another purchaser');
  must(order.acquisitionMode === request.mode, 'another mode than signed');
  const inFleet = order.lines.map((line) =>
    lineText(line.productId, line.deliveryCountry, line.keyboardLayout, line.userId),
  );
  const signed = request.lines.map((line) =>
    lineText(line.productId, line.deliveryCountry, line.keyboardLayout, line.fleetUserId),
  );
  must(inFleet.sort().join() === signed.sort().join(), `ordered ${inFleet.join()}, signed ${signed.join()}`);
}

function lineText(...parts: readonly (string | number | null)[]): string {
  return parts.join('/');
}
