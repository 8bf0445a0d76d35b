import type { Order } from './model.ts';
import { rentString } from './money.ts';
import type { Rules } from './rules.ts';

type Total = { readonly rent: string | null; readonly currency: string | null };

function totalOf(order: Order, rules: Rules): Total {
  const currencies = new Set(order.lines.map((line) => line.currency));
  const [first = null] = currencies;
  if (first === null) return { rent: rentString([]), currency: null };
  if (currencies.size > 1 && rules.mixedCurrencies === 'null') return { rent: null, currency: null };
  if (order.acquisitionMode === 'BUY' && rules.rentForBuy === 'null') return { rent: null, currency: first };
  const isFree = order.acquisitionMode === 'BUY' && rules.rentForBuy === 'zero';
  const amounts = isFree ? [] : order.lines.filter((line) => line.currency === first).map((line) => line.amount);
  return { rent: rentString(amounts), currency: first };
}

/** Country, layout, assignee, address and mode are never returned. */
export function cartBody(order: Order, rules: Rules): Record<string, unknown> {
  const isPurchase = order.acquisitionMode === 'BUY';
  const rentOf = ({ amount }: Order['lines'][number]): string | null => {
    if (!isPurchase || rules.rentForBuy === 'amount') return rentString([amount]);
    return rules.rentForBuy === 'null' ? null : rentString([]);
  };
  return {
    id: order.id,
    purchaser_id: order.purchaserId,
    num_devices: order.lines.length,
    ...totalOf(order, rules),
    devices: order.lines.map((line) => ({
      id: line.deviceId,
      name: line.name,
      rent: rentOf(line),
      product_id: line.productId,
    })),
  };
}

export function orderBody(order: Order, rules: Rules): Record<string, unknown> {
  const { rent, currency } = totalOf(order, rules);
  return {
    order_id: order.id,
    client_status: order.clientStatus,
    device_names: order.lines.flatMap((line) => (line.name === null ? [] : [line.name])),
    rent,
    rent_currency: currency,
    order_number: order.orderNumber,
    contract_number: order.contractNumber,
    order_date: order.orderDate,
    num_devices: order.lines.length,
  };
}
