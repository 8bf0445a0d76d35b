import type { OrderLine } from '../../domain/order/order-line.ts';
import type { OrderItem } from '../../fleet/operations.ts';

/** The lines as Fleet takes them; what is left out is Fleet's default. */
export function toOrderItems(lines: readonly OrderLine[]): readonly OrderItem[] {
  return lines.map((line) => ({
    productId: line.productId,
    deliveryCountry: line.deliveryCountry,
    keyboardLayout: line.keyboardLayout ?? undefined,
    fleetUserId: line.fleetUserId ?? undefined,
    shippingAddressId: line.shippingAddressId ?? undefined,
  }));
}
