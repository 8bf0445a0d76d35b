/** What the API reference leaves open. Each rule can be changed while the stand-in runs. */
export type Rules = {
  /** A purchaser's second open cart is refused with 409 CART_ALREADY_EXISTS. */
  oneActiveCart: boolean;
  /** `rent` of a BUY cart and its devices: null, the purchase price, or nothing a month. */
  rentForBuy: 'null' | 'amount' | 'zero';
  /** Total of a cart in several currencies: null (with a null currency), or the sum in the first line's currency only. */
  mixedCurrencies: 'null' | 'first_currency';
  /** What GET /carts/{id} answers for a cart that has become an order. */
  getMovedOnCart: 'CART_NOT_FOUND' | 'ORDER_NOT_FOUND' | 'the_cart';
  /** An address outside the line's country is INVALID_ADDRESS. */
  addressMustMatchCountry: boolean;
  /** A validate while another one for the same order is in progress: it waits its turn, or gets 409 VALIDATE_CART_CONFLICT. */
  concurrentValidate: 'in_turn' | 'conflict';
  /** `again`: a second validate commits once more, to expose a client that relies on the 409. */
  secondValidate: 'refuse' | 'again';
  statusAfterValidate: string;
  /** Shapes that no public page shows; the real API may use the other one. */
  groupNameField: 'name' | 'marketing_name';
  keyboardLayoutsIn: 'product' | 'characteristics';
  orderRowId: 'order_id' | 'id';
  /** How the API keeps an email that it is given. */
  emailsKept: 'as_given' | 'in_lower_case';
  /** `missing`: /addresses, /addresses/{id} and /user-addresses answer 404, as for a key of an older API. */
  addresses: 'listed' | 'listed_without_meta' | 'missing';
};

export const defaultRules: Rules = {
  oneActiveCart: true,
  rentForBuy: 'null',
  mixedCurrencies: 'null',
  getMovedOnCart: 'CART_NOT_FOUND',
  addressMustMatchCountry: true,
  concurrentValidate: 'in_turn',
  secondValidate: 'refuse',
  statusAfterValidate: 'BEING_PROCESSED',
  groupNameField: 'name',
  keyboardLayoutsIn: 'product',
  orderRowId: 'order_id',
  emailsKept: 'as_given',
  addresses: 'listed',
};
