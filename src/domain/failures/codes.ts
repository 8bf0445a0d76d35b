import type { FleetCodeOf, FleetOperation, RejectionCode } from './failure.ts';
import type { AdviceRow } from './kinds.ts';

/**
 * A row for every operation and code that Fleet documents: a missing or undocumented one breaks the build. Codes that mean
 * the same everywhere are in kinds.ts.
 */
export type FailureRows = {
  readonly [Operation in FleetOperation]: {
    readonly [Code in FleetCodeOf<Operation> & RejectionCode]: AdviceRow;
  };
};

/** A patch sends every line again, so Fleet may reject another line than the changed one. */
const anyLine = (row: AdviceRow): AdviceRow => ({ ...row, findsBadLine: true });
const atTheRow = (row: AdviceRow): AdviceRow => ({ ...row, place: 'row', findsBadLine: true });
const onTheCard = (row: AdviceRow): AdviceRow => ({ ...row, place: 'card', tellRequester: true });

const orderGone: AdviceRow = {
  happened: 'Fleet has no order with this number.',
  next: 'Check the number, or ask an admin to look in Fleet.',
  who: 'you',
  place: 'message',
};

/** What each code means by default; `failureRows` has what differs for an operation. */
export const codeRows = {
  KEYBOARD_LAYOUT_REQUIRED: {
    happened: 'This product needs a keyboard layout.',
    next: 'Choose one from the list.',
    who: 'you',
    place: 'field',
    field: 'keyboard_layout',
  },
  INVALID_USER: {
    happened: "This person is no longer in your company's Fleet.",
    next: 'Choose someone else, or Not assigned yet.',
    who: 'you',
    place: 'field',
    field: 'assignee',
  },
  INVALID_ADDRESS: {
    happened: 'Fleet no longer has this address.',
    next: 'We refreshed the list: choose another address.',
    who: 'you',
    place: 'field',
    field: 'ship_to',
    refreshesAddresses: true,
  },
  DELIVERY_COUNTRY_NOT_FOUND: {
    happened: "Fleet doesn't deliver there right now.",
    next: 'Choose another country; this one is hidden for a day.',
    who: 'you',
    place: 'field',
    field: 'delivery_country',
    dropsCountryForADay: true,
  },
  COUNTRY_NOT_FOUND: {
    happened: "Fleet doesn't know this country.",
    next: 'Choose another country; this one is hidden for a day.',
    who: 'you',
    place: 'field',
    field: 'delivery_country',
    dropsCountryForADay: true,
  },
  PRODUCT_NOT_FOUND: {
    happened: 'Fleet no longer offers this product there.',
    next: 'Choose another product.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  PRODUCT_PRICING_UNAVAILABLE: {
    happened: "This product isn't available there right now.",
    next: 'Choose another product.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  INVALID_ORDER_LINE: {
    happened: 'Fleet rejected this product with these choices.',
    next: 'Choose another product or configuration.',
    who: 'you',
    place: 'field',
    field: 'product',
  },
  INVALID_PURCHASER: {
    happened: "Fleet doesn't allow this person to order.",
    next: "An admin can allow it in Fleet; we've told them.",
    who: 'admins',
    place: 'cart',
    tellAdmins: true,
  },
  CART_ALREADY_EXISTS: {
    happened: 'This person already has an open cart in Fleet.',
    // When the cart is found, a choice with its own words is shown instead.
    next: "Check /fleet cart. If it isn't there, an admin can resolve this in Fleet.",
    who: 'you',
    place: 'choice',
    looksFirst: true,
  },
  CART_NOT_FOUND: {
    happened: 'Fleet no longer has this cart.',
    ordered: 'maybe',
    next: "We can't tell yet whether it's gone or already ordered: look again in a minute.",
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_NOT_FOUND: {
    happened: 'Fleet no longer has this cart or order.',
    ordered: 'maybe',
    next: "We can't tell yet whether it's gone or already ordered: look again in a minute.",
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_NOT_CART: {
    happened: 'This cart is already an order.',
    ordered: 'already',
    next: "We couldn't check its status: look again in a minute.",
    who: 'nobody',
    place: 'message',
    looksFirst: true,
  },
  ORDER_STATUS_TRANSITION_FORBIDDEN: {
    happened: "Fleet can't turn this cart into an order in its current state.",
    ordered: 'maybe',
    next: "Look again in a minute. If it still isn't an order, an admin can resolve this in Fleet.",
    who: 'admins',
    place: 'card',
    looksFirst: true,
    tellAdmins: true,
    tellRequester: true,
  },
  VALIDATE_CART_CONFLICT: {
    happened: 'Something else was changing this cart in Fleet at the same time.',
    ordered: 'maybe',
    next: "Look again in a minute. If it still isn't an order, an admin can resolve this in Fleet.",
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
    happened: 'Your company has no payment method in Fleet.',
    next: 'Once an admin adds one, approve again.',
    who: 'admins',
    place: 'card',
    tellAdmins: true,
    tellRequester: true,
  },
  USER_NOT_FOUND: {
    happened: "This person is no longer in your company's Fleet.",
    next: 'Choose someone else, or ask an admin.',
    who: 'you',
    place: 'message',
  },
  USER_EMAIL_CONFLICT: {
    happened: 'Somebody in Fleet already has this email.',
    // When the person is found, they are chosen instead.
    next: 'Enter another email, or ask an admin to look in Fleet.',
    who: 'you',
    place: 'message',
    looksFirst: true,
  },
  USER_EMAIL_NOT_ALLOWED: {
    happened: "Fleet doesn't accept this email.",
    next: "Enter the person's work email: personal addresses aren't allowed.",
    who: 'you',
    place: 'message',
  },
  ADDRESS_NOT_FOUND: {
    happened: 'Fleet no longer has this address.',
    next: 'We refreshed the list: choose another address, or add it again.',
    who: 'you',
    place: 'message',
    refreshesAddresses: true,
  },
  DEVICE_NOT_FOUND: {
    happened: 'Fleet no longer has this device.',
    next: 'Open the list of devices again.',
    who: 'you',
    place: 'message',
  },
  DEVICE_MUTATION_FORBIDDEN: {
    happened: "Fleet doesn't allow this device to be changed.",
    next: 'An admin can change it in Fleet.',
    who: 'admins',
    place: 'message',
    tellAdmins: true,
  },
  EMPTY_PATCH_BODY: {
    happened: 'Nothing was changed.',
    next: 'Change something and save again.',
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
    INVALID_USER: {
      ...codeRows.INVALID_USER,
      happened: "Someone this cart is for is no longer in your company's Fleet.",
    },
    INVALID_ADDRESS: { ...codeRows.INVALID_ADDRESS, happened: 'Fleet no longer has one of the addresses.' },
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
      happened: "Fleet doesn't accept this approver as the signatory.",
      next: 'Reassign the request, or ask an admin to resolve this in Fleet.',
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
  createUser: {
    USER_EMAIL_CONFLICT: codeRows.USER_EMAIL_CONFLICT,
    USER_EMAIL_NOT_ALLOWED: codeRows.USER_EMAIL_NOT_ALLOWED,
  },
  createAddress: { DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND },
  updateAddress: {
    ADDRESS_NOT_FOUND: codeRows.ADDRESS_NOT_FOUND,
    EMPTY_PATCH_BODY: codeRows.EMPTY_PATCH_BODY,
    DELIVERY_COUNTRY_NOT_FOUND: codeRows.DELIVERY_COUNTRY_NOT_FOUND,
  },
  updateDevice: {
    DEVICE_NOT_FOUND: codeRows.DEVICE_NOT_FOUND,
    DEVICE_MUTATION_FORBIDDEN: codeRows.DEVICE_MUTATION_FORBIDDEN,
    EMPTY_PATCH_BODY: codeRows.EMPTY_PATCH_BODY,
    INVALID_USER: { ...codeRows.INVALID_USER, next: 'Choose someone else.', place: 'message' },
  },
};
