import { codeRows, failureRows } from './codes.ts';
import { type FleetFailure, type FleetOperation, isAnswer, mayHaveHappened, type RejectionCode } from './failure.ts';
import {
  type Advice,
  type AdviceRow,
  approveAgain,
  type Effect,
  fieldLabels,
  kindRows,
  type TableKind,
} from './kinds.ts';

/** Who reads it: a person with a form open, or those who see a request's card. */
export type Moment = 'form' | 'approval';

/** What a failure means, for whom, and what to do: the one table behind every surface. */
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
    orderedText: orderedText({ ordered, effect, moment, isUnclear: mayHaveHappened(failure) }),
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
    case 'createUser':
    case 'createAddress':
    case 'updateAddress':
    case 'updateDevice':
      return 'record';
    default:
      return 'read';
  }
}

function rowFor(failure: FleetFailure, effect: Effect): AdviceRow {
  if (failure.kind !== 'rejected') return kindRows[kindOf(failure)][effect];
  const rows: Readonly<Partial<Record<RejectionCode, AdviceRow>>> = failureRows[failure.operation];
  // A code that Fleet's reference doesn't list for this operation means what it means elsewhere.
  return rows[failure.code] ?? codeRows[failure.code];
}

function kindOf(failure: Exclude<FleetFailure, { readonly kind: 'rejected' }>): TableKind {
  if (failure.kind === 'rate_limited' && failure.isOwnShare === true) return 'own_share';
  if (failure.kind !== 'rejected_in_words') return failure.kind;
  if (failure.status === 409) return 'conflict_in_words';
  return mayHaveHappened(failure) ? 'unclear_in_words' : failure.kind;
}

/** On a card no form is open: only the requester can change the lines, in a new request. */
function onTheCard(row: AdviceRow, effect: Effect): AdviceRow {
  const stays = row.place === 'card' || row.place === 'banner' || row.place === 'waits';
  if (stays || effect === 'read') return row;
  if (row.field === undefined) {
    const again = row.retryHelps === true ? { next: approveAgain } : {};
    return { ...row, ...again, place: 'card', tellRequester: true };
  }
  return {
    ...row,
    next: 'The requester can withdraw the request, change this and send it again.',
    who: 'requester',
    place: 'card',
    tellRequester: true,
  };
}

/**
 * Fleet's answer about the cart's state, or one that refused in unknown words, reaches a card only after a look-up found
 * that it still is a cart, so nothing was ordered. A lost answer stays unknown.
 */
function afterLooking(row: AdviceRow, failure: FleetFailure): AdviceRow {
  if (!row.looksFirst || !isAnswer(failure) || row.place !== 'card') return row;
  const isContradiction = failure.kind === 'rejected' && contradicted.has(failure.code);
  return {
    ...row,
    ...(isContradiction ? { happened: 'Fleet first said that this is no longer an open cart.' } : {}),
    ordered: 'nothing',
    next: 'We checked: it still is a cart. An admin can resolve this in Fleet; then approve again.',
    who: 'admins',
    tellAdmins: true,
    tellRequester: true,
  };
}

const contradicted: ReadonlySet<RejectionCode> = new Set(['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART']);

interface Attempt {
  readonly ordered: Advice['ordered'];
  readonly effect: Effect;
  readonly moment: Moment;
  readonly isUnclear: boolean;
}

function orderedText({ ordered, effect, moment, isUnclear }: Attempt): string {
  if (ordered === 'already') return 'It was ordered before, and not again.';
  if (ordered === 'maybe') {
    return effect === 'validate'
      ? 'It may or may not have been ordered.'
      : 'This attempt ordered nothing, but the cart may have been ordered before.';
  }
  if (moment === 'approval' || effect === 'validate') return 'Nothing was ordered.';
  if (!isUnclear) return '';
  return effect === 'record' ? 'It may or may not have been saved.' : 'Your cart may or may not have changed.';
}
