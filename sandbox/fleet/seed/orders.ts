import { currencyOf } from '../countries.ts';
import type { Device, Order, OrderLine, Product, User } from '../model.ts';
import { seededRandom } from '../random.ts';
import { orderStatuses } from '../vocabulary.ts';

const LONG_AGO = Date.UTC(2026, 0, 5, 9);
const HOUR_MS = 3_600_000;

const openStatuses = orderStatuses.filter((status) => !['ARCHIVED', 'FAILED', 'UNKNOWN'].includes(status));

function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** Orders in progress (ids from 1001) and open carts, each for a different purchaser. The same counts give the same seed. */
export function aHistory(
  counts: { readonly openOrders: number; readonly openCarts: number },
  users: readonly User[],
  products: readonly Product[],
): Order[] {
  const random = seededRandom(7);
  const offered = products.filter((product) => product.countries.includes('FR') && product.prices.EUR);
  const orders = Array.from({ length: counts.openOrders }, (_, index) => {
    const status = openStatuses[index % openStatuses.length] ?? 'BEING_PROCESSED';
    return anOrder(1001 + index, pick(users, random), offered, random, status);
  });
  const carts = users.slice(users.length - counts.openCarts).map((user, index) => {
    return anOrder(1001 + counts.openOrders + index, user, offered, random, null);
  });
  return [...orders, ...carts];
}

function anOrder(
  id: number,
  user: User,
  products: readonly Product[],
  random: () => number,
  status: string | null,
): Order {
  const at = LONG_AGO + id * HOUR_MS;
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
    aLine(id * 10 + index, pick(products, random), user.id),
  );
  const isPlaced = status !== null;
  const validation = { at, by: 'cockpit' as const, purchaserId: user.id, signatoryId: 21, signatoryWasNamed: true };
  return {
    ...{
      id,
      createdAt: at,
      updatedAt: at,
      purchaserId: user.id,
      acquisitionMode: 'LEASING',
      lines,
      clientStatus: status,
    },
    ...{ orderNumber: isPlaced ? `FL-${String(id).padStart(6, '0')}` : null, contractNumber: null },
    ...{ orderDate: isPlaced ? new Date(at).toISOString() : null, validations: isPlaced ? [validation] : [] },
    ...{ isDeleted: false, isLocked: false },
  };
}

function aLine(deviceId: number, product: Product, userId: number): OrderLine {
  return {
    ...{ deviceId, productId: product.id, name: product.name, deliveryCountry: 'FR' },
    ...{ keyboardLayout: product.layouts[0] ?? null, userId, shippingAddressId: null },
    ...{ amount: product.prices.EUR?.LEASING ?? 0, currency: currencyOf('FR') },
  };
}

const device = (
  id: number,
  name: string | null,
  userId: number | null,
  clientStatus: Device['clientStatus'],
): Device => ({
  ...{ id, name, serialNumber: `SN${id}`, clientStatus, rent: '39.90', type: null, category: 'COMPUTER', userId },
  orderId: null,
});

export function devices(): Device[] {
  return [
    device(701, 'MacBook Air 13 M2', 11, 'IN_SERVICE'),
    device(702, 'Dell UltraSharp 24', 11, 'IN_SERVICE'),
    device(703, 'ThinkPad T14 <!here> *old*', 12, 'OUT_OF_SERVICE'),
    device(704, null, 13, 'IN_SERVICE'),
    device(705, 'Spare MacBook Pro 16', null, 'AVAILABLE'),
    device(706, 'iPhone 13', 21, 'ARCHIVED'),
  ];
}
