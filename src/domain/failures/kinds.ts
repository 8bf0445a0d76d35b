import type { OrderField } from '../vocabulary.ts';
import type { FleetFailure } from './failure.ts';

/** What a failure of Fleet's means for people. Plain text: whoever shows it escapes it. */
export interface Advice {
  readonly happened: string;
  /** Of this one operation. A validate that went out before it is spoken of by the request's own state. */
  readonly ordered: 'nothing' | 'maybe' | 'already';
  readonly orderedText: string;
  readonly next: string;
  /** Who can do it; `you` is whoever acted. */
  readonly who: 'you' | 'requester' | 'admins' | 'nobody';
  /** The very same thing again may go through. */
  readonly retryHelps: boolean;
  /**
   * `field`: directly above `field`. `row`: at the line it is about in **Your cart**, or above `field` in the form that
   * adds it. `cart`: on top of the form or the cart. `waits`: nothing is shown until it goes on by itself.
   */
  readonly place: 'field' | 'row' | 'cart' | 'card' | 'choice' | 'banner' | 'message' | 'waits';
  readonly field: OrderField | null;
  /** The field's visible label. */
  readonly label: string | null;
  /** Fleet's own text, where it sent one that nobody documented: shown under our sentence. */
  readonly fleetsWords: string | null;
  readonly tellAdmins: boolean;
  readonly tellRequester: boolean;
  /** For everybody in the workspace, with one banner. */
  readonly pausesOrdering: boolean;
  /** Look in Fleet before anything is said or anybody is told: what is found there comes instead. */
  readonly looksFirst: boolean;
  /** A patch sends all lines again: which one Fleet means is found by pricing each. */
  readonly findsBadLine: boolean;
  readonly dropsCountryForADay: boolean;
  readonly refreshesAddresses: boolean;
}

export type AdviceRow = Pick<Advice, 'happened' | 'next' | 'who' | 'place'> &
  Partial<Omit<Advice, 'orderedText' | 'label' | 'fleetsWords'>>;

/** As they stand on screen in **Order equipment**. */
export const fieldLabels: Readonly<Record<OrderField, string>> = {
  delivery_country: 'Delivery country',
  category: 'Category',
  product: 'Product',
  configuration: 'Configuration',
  keyboard_layout: 'Keyboard layout',
  quantity: 'Quantity',
  assignee: 'For',
  ship_to: 'Ship to',
  mode: 'Lease or buy',
};

/** What an operation does to Fleet's records: the same failure means something else after each. */
export type Effect = 'read' | 'create' | 'patch' | 'validate';

/** Two kinds are told apart further by what they say of the write: see `kindOf` in failure-table.ts. */
export type TableKind = Exclude<FleetFailure['kind'], 'rejected'> | 'conflict_in_words' | 'unreadable_refusal';

type Rows = Readonly<Record<TableKind, Readonly<Record<Effect, AdviceRow>>>>;

const everywhere = (row: AdviceRow, atValidate: Partial<AdviceRow> = {}): Readonly<Record<Effect, AdviceRow>> => ({
  read: row,
  create: row,
  patch: row,
  validate: { ...row, ...atValidate },
});

/** The three that stop ordering for everybody: one banner, not one error each. */
const pausing = (happened: string, fix: string): Readonly<Record<Effect, AdviceRow>> =>
  everywhere(
    {
      happened,
      next: `Ordering is paused for everybody until an admin ${fix} or presses Try again.`,
      who: 'admins',
      place: 'banner',
      tellAdmins: true,
      pausesOrdering: true,
    },
    { tellRequester: true },
  );

/** Nothing reached Fleet, or Fleet said no before doing anything: the same again is safe. */
const harmless = (happened: string): Readonly<Record<Effect, AdviceRow>> => {
  const row: AdviceRow = {
    happened,
    next: 'Please try again in a few minutes.',
    who: 'you',
    place: 'message',
    retryHelps: true,
  };
  return {
    read: row,
    create: { ...row, place: 'cart' },
    patch: { ...row, place: 'cart' },
    validate: {
      ...row,
      next: 'The request is pending again: press Approve again in a few minutes.',
      place: 'card',
    },
  };
};

/** A write left and nobody can say what became of it: Fleet has no idempotency key, so looking comes before asking. */
const unclear = (happened: string): Readonly<Record<Effect, AdviceRow>> => {
  const lookInCart: AdviceRow = {
    happened,
    next: 'Open Your cart in a minute: it shows what Fleet holds, and you can go on from there.',
    who: 'you',
    place: 'cart',
    retryHelps: true,
    looksFirst: true,
  };
  return {
    read: { happened, next: 'Please try again in a few minutes.', who: 'you', place: 'message', retryHelps: true },
    create: lookInCart,
    patch: lookInCart,
    validate: {
      happened,
      ordered: 'maybe',
      next: 'Nobody has to do anything: Fleet for Slack keeps looking and says here what became of it.',
      who: 'nobody',
      place: 'card',
      looksFirst: true,
    },
  };
};

const fleetsOwnWords: AdviceRow = {
  happened: 'Fleet refused this and gave a reason of its own.',
  next: 'Please read what Fleet says, change it and send it again, or ask an admin.',
  who: 'you',
  place: 'cart',
};

const maybeAnOrder: AdviceRow = {
  happened: 'Fleet says that this cart is in another state than expected.',
  ordered: 'maybe',
  next: 'Please open Your cart: it shows what Fleet holds now.',
  who: 'nobody',
  place: 'message',
  looksFirst: true,
};

export const kindRows: Rows = {
  unauthorized: pausing("Fleet does not accept this workspace's key any more.", 'enters a new key'),
  insufficient_scope: pausing("This workspace's Fleet key may only read, not order.", 'enters a key that may write'),
  company_not_found: pausing("Fleet does not find the company of this workspace's key.", 'enters a valid key'),
  rate_limited: {
    ...everywhere({
      happened: 'Fleet is busy.',
      next: 'Nobody has to do anything: this continues by itself.',
      who: 'nobody',
      place: 'waits',
      retryHelps: true,
    }),
    // What was only looked at is not looked at again by itself.
    read: {
      happened: 'Fleet is busy.',
      next: 'Please try again in a minute.',
      who: 'you',
      place: 'message',
      retryHelps: true,
    },
  },
  unavailable: unclear('Fleet has a problem of its own just now.'),
  unreachable: harmless('Fleet could not be reached, so nothing was sent.'),
  no_answer: unclear('Fleet did not answer in time.'),
  unreadable: unclear('Fleet gave an answer that cannot be read.'),
  unreadable_refusal: harmless('Fleet refused this with an answer that cannot be read.'),
  rejected_in_words: {
    read: { ...fleetsOwnWords, next: 'Please read what Fleet says, or ask an admin.', place: 'message' },
    create: fleetsOwnWords,
    patch: fleetsOwnWords,
    validate: {
      ...fleetsOwnWords,
      next: 'The request is pending again. An admin can settle this in Fleet; then press Approve again.',
      who: 'admins',
      place: 'card',
      tellAdmins: true,
      tellRequester: true,
    },
  },
  conflict_in_words: {
    read: { ...fleetsOwnWords, next: 'Please read what Fleet says, or ask an admin.', place: 'message' },
    create: fleetsOwnWords,
    patch: maybeAnOrder,
    validate: { ...maybeAnOrder, place: 'card', tellRequester: true },
  },
};
