import type { FleetCodeOf, FleetOperation, RejectionCode } from './failure.ts';
import type { AdviceRow } from './kinds.ts';

/**
 * One row for each operation and code that Fleet documents: leaving one out, or naming one that Fleet does not document,
 * breaks the build. The codes that mean the same everywhere are in failure-kinds.ts.
 */
export type FailureRows = {
  readonly [Operation in FleetOperation]: {
    readonly [Code in FleetCodeOf<Operation> & RejectionCode]: AdviceRow;
  };
};

/** A patch sends every line again, so what Fleet refuses may be another line than the one just changed. */
const anyLine = (row: AdviceRow): AdviceRow => ({ ...row, findsBadLine: true });
const atTheRow = (row: AdviceRow): AdviceRow => ({ ...row, place: 'row', findsBadLine: true });
const onTheCard = (row: AdviceRow): AdviceRow => ({ ...row, place: 'card', tellRequester: true });

const orderGone: AdviceRow = {
  happened: 'Fleet does not have this order, or not any more.',
  next: 'Please check the number, or ask an admin to look in Fleet.',
  who: 'you',
  place: 'message',
};

/** What each code means wherever it comes from. failure-rows.ts says what is different for one operation. */
export const codeRows = {
  KEYBOARD_LAYOUT_REQUIRED: {
    happened: 'Fleet needs to know which keyboard this product should have.',
    next: 'Please choose one.',
    who: 'you',
    place: 'field',
    field: 'keyboard_layout',
  },
  INVALID_USER: {
    happened: "This person is not in your company's Fleet any more.",
    next: 'Please choose somebody else, or Not assigned yet.',
    who: 'you',
    place: 'field',
    field: 'assignee',
  },
  INVALID_ADDRESS: {
    happened: 'Fleet does not have this address any more.',
    next: 'The list was refreshed: please choose another one.',
    who: 'you',
    place: 'field',
    field: 'ship_to',
    refreshesAddresses: true,
  },
  DELIVERY_COUNTRY_NOT_FOUND: {
    happened: 'Fleet does not deliver there at the moment.',
    next: 'Please choose another country: this one is not offered for a day.',
    who: 'you',
    place: 'field',
    field: 'delivery_country',
    dropsCountryForADay: true,
  },
  COUNTRY_NOT_FOUND: {
    happened: 'Fleet does not know this country.',
    next: 'Please choose another one: this one is not offered for a day.',
    who: 'you',
    place: 'field',
    field: 'delivery_country',
    dropsCountryForADay: true,
  },
  PRODUCT_NOT_FOUND: {
    happened: 'Fleet does not offer this product there any more.',
    next: 'Please choose another one.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  PRODUCT_PRICING_UNAVAILABLE: {
    happened: 'Fleet has no price for this product there, so it cannot be ordered at the moment.',
    next: 'Please choose another one.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  INVALID_ORDER_LINE: {
    happened: 'Fleet does not take this product as it was chosen.',
    next: 'Please choose another product or another configuration.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  INVALID_PURCHASER: {
    happened: 'Fleet does not let this person purchase.',
    next: 'An admin can allow it in Fleet; they have been told whom Fleet refuses.',
    who: 'admins',
    place: 'cart',
    tellAdmins: true,
  },
  CART_ALREADY_EXISTS: {
    happened: 'Fleet already keeps an open cart for this person.',
    // Where the cart is found there is a choice instead, with words of its own.
    next: 'Please look at it with /fleet cart. If it is not there, an admin can settle it in Fleet.',
    who: 'you',
    place: 'choice',
    looksFirst: true,
  },
  CART_NOT_FOUND: {
    happened: 'Fleet does not have this cart any more.',
    ordered: 'maybe',
    next: 'Fleet does not say just now whether it is gone or an order already: please look again in a minute.',
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_NOT_FOUND: {
    happened: 'Fleet does not have this cart or order any more.',
    ordered: 'maybe',
    next: 'Fleet does not say just now whether it is gone or an order already: please look again in a minute.',
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_NOT_CART: {
    happened: 'This cart is an order already.',
    ordered: 'already',
    next: 'Its status could not be looked up just now: please look again in a minute.',
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_STATUS_TRANSITION_FORBIDDEN: {
    happened: 'Fleet does not let this cart become an order in its present state.',
    ordered: 'maybe',
    next: "Please look again in a minute. If it is no order by then, an admin can settle it in Fleet's cockpit.",
    who: 'admins',
    place: 'card',
    looksFirst: true,
    tellAdmins: true,
    tellRequester: true,
  },
  VALIDATE_CART_CONFLICT: {
    happened: 'Something else was changing this cart in Fleet at the same moment.',
    ordered: 'maybe',
    next: "Please look again in a minute. If it is no order by then, an admin can settle it in Fleet's cockpit.",
    who: 'admins',
    place: 'card',
    looksFirst: true,
    tellAdmins: true,
    tellRequester: true,
  },
  VALIDATE_CART_NO_DEVICES: {
    happened: 'The cart is empty in Fleet.',
    next: 'The requester can add a device and send it for approval again.',
    who: 'requester',
    place: 'card',
    tellRequester: true,
  },
  PAYMENT_METHOD_REQUIRED: {
    happened: 'Fleet has no payment method for your company.',
    next: 'An admin must add one in Fleet. The request is pending again: then press Approve again.',
    who: 'admins',
    place: 'card',
    tellAdmins: true,
    tellRequester: true,
  },
  USER_NOT_FOUND: {
    happened: 'Fleet does not have this person in your company any more.',
    next: 'Please choose somebody else, or ask an admin.',
    who: 'you',
    place: 'message',
  },
} as const satisfies Readonly<Record<RejectionCode, AdviceRow>>;

export const failureRows: FailureRows = {
  listProductGroups: { DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND },
  listProducts: {
    DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: codeRows.PRODUCT_NOT_FOUND,
  },
  getPricing: {
    KEYBOARD_LAYOUT_REQUIRED: codeRows.KEYBOARD_LAYOUT_REQUIRED,
    COUNTRY_NOT_FOUND: codeRows.COUNTRY_NOT_FOUND,
    DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: codeRows.PRODUCT_NOT_FOUND,
    PRODUCT_PRICING_UNAVAILABLE: codeRows.PRODUCT_PRICING_UNAVAILABLE,
  },
  listCarts: { INVALID_PURCHASER: { ...codeRows.INVALID_PURCHASER, place: 'message' } },
  createCart: {
    KEYBOARD_LAYOUT_REQUIRED: codeRows.KEYBOARD_LAYOUT_REQUIRED,
    INVALID_PURCHASER: codeRows.INVALID_PURCHASER,
    INVALID_USER: codeRows.INVALID_USER,
    INVALID_ADDRESS: codeRows.INVALID_ADDRESS,
    INVALID_ORDER_LINE: codeRows.INVALID_ORDER_LINE,
    DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: codeRows.PRODUCT_NOT_FOUND,
    PRODUCT_PRICING_UNAVAILABLE: codeRows.PRODUCT_PRICING_UNAVAILABLE,
    CART_ALREADY_EXISTS: codeRows.CART_ALREADY_EXISTS,
  },
  getCart: { CART_NOT_FOUND: codeRows.CART_NOT_FOUND, ORDER_NOT_FOUND: codeRows.ORDER_NOT_FOUND },
  patchCart: {
    KEYBOARD_LAYOUT_REQUIRED: anyLine(codeRows.KEYBOARD_LAYOUT_REQUIRED),
    INVALID_PURCHASER: codeRows.INVALID_PURCHASER,
    INVALID_USER: { ...codeRows.INVALID_USER, happened: "Somebody this cart is for is not in your company's Fleet." },
    INVALID_ADDRESS: { ...codeRows.INVALID_ADDRESS, happened: 'Fleet does not have one of the addresses any more.' },
    INVALID_ORDER_LINE: atTheRow(codeRows.INVALID_ORDER_LINE),
    CART_NOT_FOUND: codeRows.CART_NOT_FOUND,
    ORDER_NOT_FOUND: codeRows.ORDER_NOT_FOUND,
    DELIVERY_COUNTRY_NOT_FOUND: anyLine(codeRows.DELIVERY_COUNTRY_NOT_FOUND),
    PRODUCT_NOT_FOUND: atTheRow(codeRows.PRODUCT_NOT_FOUND),
    PRODUCT_PRICING_UNAVAILABLE: atTheRow(codeRows.PRODUCT_PRICING_UNAVAILABLE),
    ORDER_NOT_CART: codeRows.ORDER_NOT_CART,
  },
  validateCart: {
    PAYMENT_METHOD_REQUIRED: codeRows.PAYMENT_METHOD_REQUIRED,
    INVALID_PURCHASER: onTheCard(codeRows.INVALID_PURCHASER),
    VALIDATE_CART_NO_DEVICES: codeRows.VALIDATE_CART_NO_DEVICES,
    INVALID_USER: {
      happened: 'Fleet does not accept this person as the one who signs.',
      next: 'The request is pending again: it can be handed over to somebody else, or an admin can settle it in Fleet.',
      who: 'admins',
      place: 'card',
      tellAdmins: true,
      tellRequester: true,
    },
    VALIDATE_CART_CONFLICT: codeRows.VALIDATE_CART_CONFLICT,
    CART_NOT_FOUND: onTheCard(codeRows.CART_NOT_FOUND),
    ORDER_NOT_FOUND: onTheCard(codeRows.ORDER_NOT_FOUND),
    ORDER_NOT_CART: onTheCard(codeRows.ORDER_NOT_CART),
    ORDER_STATUS_TRANSITION_FORBIDDEN: codeRows.ORDER_STATUS_TRANSITION_FORBIDDEN,
  },
  listOrders: {},
  getOrder: { ORDER_NOT_FOUND: orderGone },
  listUsers: {},
  getUser: { USER_NOT_FOUND: codeRows.USER_NOT_FOUND },
  listAddresses: {},
  listUserAddresses: {},
  listDevices: {},
};
