import type { OrderField } from '../order/order-form.ts';

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
