import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../../src/domain/ids.ts';
import type { OrderChoice } from '../../src/domain/order-form/choice.ts';
import { emptyChoice } from '../../src/domain/order-form/choice.ts';
import type { ShownForm } from '../../src/views/order-form/modal.ts';

export const country = (code: string) => code as CountryCode;
export const currency = (code: string) => code as CurrencyCode;
export const groupId = (id: number) => id as FleetProductGroupId;
export const productId = (id: number) => id as FleetProductId;
export const addressId = (id: number) => id as FleetAddressId;
export const fleetUserId = (id: number) => id as FleetUserId;

/** A laptop for Germany, everything chosen. */
export function aChoice(change: Partial<OrderChoice> = {}): OrderChoice {
  return {
    ...emptyChoice(country('DE'), 'LEASING'),
    category: 'COMPUTER',
    productGroupId: groupId(12),
    productId: productId(34),
    keyboardLayout: 'GERMAN_QWERTZ',
    quantity: 2,
    shippingAddressId: addressId(7),
    ...change,
  };
}

export function aForm(change: Partial<ShownForm> = {}): ShownForm {
  return {
    choice: aChoice(),
    countries: [country('FR'), country('DE'), country('US')],
    categories: ['COMPUTER', 'SCREEN'],
    words: '',
    productsOffered: 3,
    productGroupName: 'MacBook Air',
    configurations: [
      { productId: productId(34), label: 'M4 · 16 GB · 512 GB', imageUrl: 'https://img.example/air.png' },
      { productId: productId(35), label: 'M4 · 24 GB · 1 TB', imageUrl: null },
    ],
    layouts: ['GERMAN_QWERTZ', 'FRENCH_AZERTY'],
    addresses: [
      { addressId: addressId(7), label: 'Office Berlin' },
      { addressId: addressId(8), label: "Anna's own address" },
    ],
    addressesLeftOut: 0,
    areAddressesWhole: true,
    maxQuantity: 20,
    price: {
      kind: 'known',
      price: { amount: '54.90', currency: currency('EUR') },
      shipping: { min: 3, max: 5 },
    },
    editing: null,
    linesInCart: 0,
    modeInCart: null,
    problem: null,
    ...change,
  };
}

/** A new form: nothing chosen yet. */
export function anEmptyForm(change: Partial<ShownForm> = {}): ShownForm {
  return aForm({
    choice: emptyChoice(country('DE'), 'LEASING'),
    productGroupName: null,
    configurations: null,
    layouts: null,
    addresses: null,
    price: { kind: 'nothing_chosen' },
    ...change,
  });
}
