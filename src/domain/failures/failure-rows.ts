import type { AdviceRow } from './advice.ts';
import { codeRows as code } from './failure-codes.ts';
import type { FleetCodeOf, FleetOperation, RejectionCode } from './fleet-failure.ts';

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

export const failureRows: FailureRows = {
  listProductGroups: { DELIVERY_COUNTRY_NOT_FOUND: code.DELIVERY_COUNTRY_NOT_FOUND },
  listProducts: {
    DELIVERY_COUNTRY_NOT_FOUND: code.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: code.PRODUCT_NOT_FOUND,
  },
  getPricing: {
    KEYBOARD_LAYOUT_REQUIRED: code.KEYBOARD_LAYOUT_REQUIRED,
    COUNTRY_NOT_FOUND: code.COUNTRY_NOT_FOUND,
    DELIVERY_COUNTRY_NOT_FOUND: code.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: code.PRODUCT_NOT_FOUND,
    PRODUCT_PRICING_UNAVAILABLE: code.PRODUCT_PRICING_UNAVAILABLE,
  },
  listCarts: { INVALID_PURCHASER: { ...code.INVALID_PURCHASER, place: 'message' } },
  createCart: {
    KEYBOARD_LAYOUT_REQUIRED: code.KEYBOARD_LAYOUT_REQUIRED,
    INVALID_PURCHASER: code.INVALID_PURCHASER,
    INVALID_USER: code.INVALID_USER,
    INVALID_ADDRESS: code.INVALID_ADDRESS,
    INVALID_ORDER_LINE: code.INVALID_ORDER_LINE,
    DELIVERY_COUNTRY_NOT_FOUND: code.DELIVERY_COUNTRY_NOT_FOUND,
    PRODUCT_NOT_FOUND: code.PRODUCT_NOT_FOUND,
    PRODUCT_PRICING_UNAVAILABLE: code.PRODUCT_PRICING_UNAVAILABLE,
    CART_ALREADY_EXISTS: code.CART_ALREADY_EXISTS,
  },
  getCart: { CART_NOT_FOUND: code.CART_NOT_FOUND, ORDER_NOT_FOUND: code.ORDER_NOT_FOUND },
  patchCart: {
    KEYBOARD_LAYOUT_REQUIRED: anyLine(code.KEYBOARD_LAYOUT_REQUIRED),
    INVALID_PURCHASER: code.INVALID_PURCHASER,
    INVALID_USER: { ...code.INVALID_USER, happened: "Somebody this cart is for is not in your company's Fleet." },
    INVALID_ADDRESS: { ...code.INVALID_ADDRESS, happened: 'Fleet does not have one of the addresses any more.' },
    INVALID_ORDER_LINE: atTheRow(code.INVALID_ORDER_LINE),
    CART_NOT_FOUND: code.CART_NOT_FOUND,
    ORDER_NOT_FOUND: code.ORDER_NOT_FOUND,
    DELIVERY_COUNTRY_NOT_FOUND: anyLine(code.DELIVERY_COUNTRY_NOT_FOUND),
    PRODUCT_NOT_FOUND: atTheRow(code.PRODUCT_NOT_FOUND),
    PRODUCT_PRICING_UNAVAILABLE: atTheRow(code.PRODUCT_PRICING_UNAVAILABLE),
    ORDER_NOT_CART: code.ORDER_NOT_CART,
  },
  validateCart: {
    PAYMENT_METHOD_REQUIRED: code.PAYMENT_METHOD_REQUIRED,
    INVALID_PURCHASER: onTheCard(code.INVALID_PURCHASER),
    VALIDATE_CART_NO_DEVICES: code.VALIDATE_CART_NO_DEVICES,
    INVALID_USER: {
      happened: 'Fleet does not accept this person as the one who signs.',
      next: 'The request is pending again: it can be handed over to somebody else, or an admin can settle it in Fleet.',
      who: 'admins',
      place: 'card',
      tellAdmins: true,
      tellRequester: true,
    },
    VALIDATE_CART_CONFLICT: code.VALIDATE_CART_CONFLICT,
    CART_NOT_FOUND: onTheCard(code.CART_NOT_FOUND),
    ORDER_NOT_FOUND: onTheCard(code.ORDER_NOT_FOUND),
    ORDER_NOT_CART: onTheCard(code.ORDER_NOT_CART),
    ORDER_STATUS_TRANSITION_FORBIDDEN: code.ORDER_STATUS_TRANSITION_FORBIDDEN,
  },
  listOrders: {},
  getOrder: { ORDER_NOT_FOUND: orderGone },
  listUsers: {},
  getUser: { USER_NOT_FOUND: code.USER_NOT_FOUND },
  listAddresses: {},
  listUserAddresses: {},
  listDevices: {},
};
