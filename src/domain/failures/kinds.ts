import type { OrderField } from '../vocabulary.ts';
import type { FleetFailure } from './failure.ts';

/** What a failure at Fleet means for people. Plain text: escape it where it's shown. */
export interface Advice {
  readonly happened: string;
  /** By this operation alone: the request's state tells of an earlier validate. */
  readonly ordered: 'nothing' | 'maybe' | 'already';
  /** Empty where no one could believe that something was ordered. */
  readonly orderedText: string;
  readonly next: string;
  /** Who can do it; `you` is the person who acted. */
  readonly who: 'you' | 'requester' | 'admins' | 'nobody';
  /** The same attempt again may succeed. */
  readonly retryHelps: boolean;
  /**
   * `field`: directly above `field`. `row`: at the line it is about in **Your cart**, or above `field` in the form that
   * adds it. `cart`: on top of the form or the cart. `waits`: nothing is shown, because it's retried.
   */
  readonly place: 'field' | 'row' | 'cart' | 'card' | 'choice' | 'banner' | 'message' | 'waits';
  readonly field: OrderField | null;
  /** The field's visible label. */
  readonly label: string | null;
  /** Fleet's own undocumented text, shown under our sentence. */
  readonly fleetsWords: string | null;
  readonly tellAdmins: boolean;
  readonly tellRequester: boolean;
  /** For the whole workspace, with one banner. */
  readonly pausesOrdering: boolean;
  /** Look in Fleet before telling anyone: what is found there is told instead. */
  readonly looksFirst: boolean;
  /** A patch sends every line again: pricing each finds the one that Fleet means. */
  readonly findsBadLine: boolean;
  readonly dropsCountryForADay: boolean;
  readonly refreshesAddresses: boolean;
}

export type AdviceRow = Pick<Advice, 'happened' | 'next' | 'who' | 'place'> &
  Partial<Omit<Advice, 'orderedText' | 'label' | 'fleetsWords'>>;

/** The labels in **Order equipment**. */
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

/** Once a request is pending again. */
export const approveAgain = 'Approve again in a few minutes.';

/**
 * What an operation does to Fleet's records: the same failure means something different after each. `record`: people,
 * addresses and devices, which a job saves, looking first after an unclear answer.
 */
export type Effect = 'read' | 'create' | 'patch' | 'validate' | 'record';

/** Some kinds are split by what they say about the write or the person: see `kindOf` in table.ts. */
export type TableKind =
  | Exclude<FleetFailure['kind'], 'rejected'>
  | 'conflict_in_words'
  | 'unclear_in_words'
  | 'own_share';

type Rows = Readonly<Record<TableKind, Readonly<Record<Effect, AdviceRow>>>>;

const everywhere = (row: AdviceRow, atValidate: Partial<AdviceRow> = {}): Readonly<Record<Effect, AdviceRow>> => ({
  read: row,
  create: row,
  patch: row,
  validate: { ...row, ...atValidate },
  record: row,
});

/** The three that stop ordering for the whole workspace: one banner instead of an error for each person. */
const pausing = (happened: string, fix: string): Readonly<Record<Effect, AdviceRow>> =>
  everywhere(
    {
      happened,
      next: `Ordering is paused until an admin ${fix} or presses Try again.`,
      who: 'admins',
      place: 'banner',
      tellAdmins: true,
      pausesOrdering: true,
    },
    { tellRequester: true },
  );

/** Nothing was sent yet, because the minute's requests are used up. */
const waiting = (happened: string): Readonly<Record<Effect, AdviceRow>> => ({
  ...everywhere({
    happened,
    next: "We'll keep trying; you don't need to do anything.",
    who: 'nobody',
    place: 'waits',
    retryHelps: true,
  }),
  // A read isn't retried.
  read: { happened, next: 'Try again in a minute.', who: 'you', place: 'message', retryHelps: true },
});

/** Nothing reached Fleet, or Fleet refused before doing anything: trying again is safe. */
const harmless = (happened: string): Readonly<Record<Effect, AdviceRow>> => {
  const row: AdviceRow = {
    happened,
    next: 'Try again in a few minutes.',
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
      next: approveAgain,
      place: 'card',
    },
    record: row,
  };
};

/** A write with an unknown outcome: Fleet has no idempotency key, so look before trying again. */
const unclear = (happened: string): Readonly<Record<Effect, AdviceRow>> => {
  const lookInCart: AdviceRow = {
    happened,
    next: 'Open Your cart in a minute to see what Fleet holds.',
    who: 'you',
    place: 'cart',
    retryHelps: true,
    looksFirst: true,
  };
  return {
    read: { happened, next: 'Try again in a few minutes.', who: 'you', place: 'message', retryHelps: true },
    create: lookInCart,
    patch: lookInCart,
    validate: {
      happened,
      ordered: 'maybe',
      next: "This can take a few minutes; you don't need to do anything.",
      who: 'nobody',
      place: 'card',
      looksFirst: true,
    },
    record: unclearRecord(happened),
  };
};

const unclearRecord = (happened: string): AdviceRow => ({
  happened,
  next: "We're looking for it in Fleet; you don't need to do anything.",
  who: 'nobody',
  place: 'message',
  looksFirst: true,
});

const UNCLEAR_ANSWER = "Fleet's answer was unclear.";

const fleetsOwnWords: AdviceRow = {
  happened: 'Fleet rejected this.',
  next: "Read Fleet's reason below and change it, or ask an admin.",
  who: 'you',
  place: 'cart',
};

const maybeAnOrder: AdviceRow = {
  happened: "This cart's state has changed in Fleet.",
  ordered: 'maybe',
  next: 'Open Your cart to see what Fleet holds now.',
  who: 'nobody',
  place: 'message',
  looksFirst: true,
};

const wordsToAReader: AdviceRow = {
  ...fleetsOwnWords,
  next: "Read Fleet's reason below, or ask an admin.",
  place: 'message',
};
const wordsToValidate: AdviceRow = {
  ...fleetsOwnWords,
  next: "Read Fleet's reason below. An admin can resolve it in Fleet; then approve again.",
  who: 'admins',
  place: 'card',
  tellAdmins: true,
  tellRequester: true,
};
/** Not what Fleet's validation says: the cart may have been created. */
const unclearWordsToCreate: AdviceRow = unclear(UNCLEAR_ANSWER).create;

export const kindRows: Rows = {
  unauthorized: pausing('Fleet no longer accepts our key.', 'enters a new key'),
  insufficient_scope: pausing('Our Fleet key can read but not order.', 'enters a key that can order'),
  company_not_found: pausing("Fleet can't find the company of our key.", 'enters a valid key'),
  rate_limited: waiting('Fleet is busy.'),
  own_share: waiting("That's a lot of requests in one minute."),
  unavailable: unclear('Fleet has a problem right now.'),
  unreachable: harmless("We couldn't reach Fleet."),
  no_answer: unclear("Fleet didn't answer in time."),
  unreadable: unclear("Fleet gave an answer that we couldn't read."),
  rejected_in_words: {
    read: wordsToAReader,
    create: fleetsOwnWords,
    patch: fleetsOwnWords,
    validate: wordsToValidate,
    record: { ...fleetsOwnWords, place: 'message' },
  },
  conflict_in_words: {
    read: wordsToAReader,
    create: unclearWordsToCreate,
    patch: maybeAnOrder,
    validate: { ...maybeAnOrder, place: 'card', tellRequester: true },
    record: unclearRecord(UNCLEAR_ANSWER),
  },
  unclear_in_words: {
    read: wordsToAReader,
    create: unclearWordsToCreate,
    patch: fleetsOwnWords,
    validate: { ...wordsToValidate, happened: UNCLEAR_ANSWER, ordered: 'maybe', looksFirst: true },
    record: unclearRecord(UNCLEAR_ANSWER),
  },
};
