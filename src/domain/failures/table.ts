import { codeRows, failureRows } from './codes.ts';
import { type FleetFailure, type FleetOperation, mayHaveHappened, type RejectionCode } from './failure.ts';
import { type Advice, type AdviceRow, type Effect, fieldLabels, kindRows, type TableKind } from './kinds.ts';

/** Who is looking: somebody with a form open, or the people around a request's card. */
export type Moment = 'form' | 'approval';

/** What this failure means, to whom, and what to do: the one table that every surface reads. */
export function adviceFor(failure: FleetFailure, moment: Moment = momentOf(failure.operation)): Advice {
  const effect = effectOf(failure.operation);
  const found = rowFor(failure, effect);
  const row = moment === 'approval' ? afterLooking(onTheCard(found, effect), failure) : found;
  const { ordered = 'nothing', field = null } = row;
  return {
    retryHelps: false,
    tellAdmins: false,
    tellRequester: false,
    pausesOrdering: false,
    looksFirst: false,
    findsBadLine: false,
    dropsCountryForADay: false,
    refreshesAddresses: false,
    ...row,
    ordered,
    orderedText: orderedText(ordered, effect, mayHaveHappened(failure)),
    field,
    label: field === null ? null : fieldLabels[field],
    fleetsWords: failure.kind === 'rejected_in_words' ? failure.words : null,
  };
}

function momentOf(operation: FleetOperation): Moment {
  return operation === 'validateCart' ? 'approval' : 'form';
}

function effectOf(operation: FleetOperation): Effect {
  switch (operation) {
    case 'createCart':
      return 'create';
    case 'patchCart':
      return 'patch';
    case 'validateCart':
      return 'validate';
    default:
      return 'read';
  }
}

function rowFor(failure: FleetFailure, effect: Effect): AdviceRow {
  if (failure.kind !== 'rejected') return kindRows[kindOf(failure)][effect];
  const rows: Readonly<Partial<Record<RejectionCode, AdviceRow>>> = failureRows[failure.operation];
  // Fleet may send a code where its reference does not list it: it means there what it means elsewhere.
  return rows[failure.code] ?? codeRows[failure.code];
}

function kindOf(failure: Exclude<FleetFailure, { readonly kind: 'rejected' }>): TableKind {
  if (failure.kind === 'rejected_in_words') return failure.status === 409 ? 'conflict_in_words' : failure.kind;
  if (failure.kind === 'unreadable' && failure.status >= 400 && !mayHaveHappened(failure)) return 'unreadable_refusal';
  return failure.kind;
}

const pressAgain = 'The request is pending again: press Approve again in a few minutes.';

/** On a card nobody has a form open: what is wrong with the lines is the requester's to change, in a new request. */
function onTheCard(row: AdviceRow, effect: Effect): AdviceRow {
  const stays = row.place === 'card' || row.place === 'banner' || row.place === 'waits';
  if (stays || effect === 'read') return row;
  if (row.field === undefined) {
    const again = row.retryHelps === true ? { next: pressAgain } : {};
    return { ...row, ...again, place: 'card', tellRequester: true };
  }
  return {
    ...row,
    next: 'The request is pending again: the requester can withdraw it, change this and send it again.',
    who: 'requester',
    place: 'card',
    tellRequester: true,
  };
}

/**
 * What Fleet said of the cart's state comes to a card only after it was looked up and found to be a cart all the same:
 * then it is known that nothing was ordered. An answer that was lost stays unknown.
 */
function afterLooking(row: AdviceRow, failure: FleetFailure): AdviceRow {
  const isAnswer = failure.kind === 'rejected' || failure.kind === 'rejected_in_words';
  if (!row.looksFirst || !isAnswer || row.place !== 'card') return row;
  const isContradiction = failure.kind === 'rejected' && contradicted.has(failure.code);
  return {
    ...row,
    ...(isContradiction ? { happened: 'Fleet first said that this is no open cart any more.' } : {}),
    ordered: 'nothing',
    next: 'It was looked up and still is a cart, so the request is pending again. An admin can settle it in Fleet; then press Approve again.',
    who: 'admins',
    tellAdmins: true,
    tellRequester: true,
  };
}

const contradicted: ReadonlySet<RejectionCode> = new Set(['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART']);

function orderedText(ordered: Advice['ordered'], effect: Effect, isUnclear: boolean): string {
  if (ordered === 'already') return 'It was ordered before; this attempt ordered nothing more.';
  if (ordered === 'maybe') {
    return effect === 'validate'
      ? 'It may have been ordered or not: Fleet did not confirm it.'
      : 'This attempt ordered nothing, but the cart may have been ordered before.';
  }
  if (effect === 'read') return 'Nothing was ordered and nothing was changed.';
  if (effect === 'validate') return 'Nothing was ordered.';
  return isUnclear
    ? 'Nothing was ordered; the cart may or may not have changed.'
    : 'Nothing was ordered and the cart was not changed.';
}
