import { expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { orderStatusText } from '../../../src/views/orders/status-text.ts';
import { anna } from '../../domain/a-request.ts';

const notice = { kind: 'order_status', fleetOrderId: 42 as FleetOrderId, requester: anna } as const;

it.each([
  ['requester', 'SHIPPED', "Your order 42: *🚚 Shipped*. It's on its way. `/fleet status 42` has the details."],
  // Nothing has to be done about it, and what is newer than this release is shown as it comes.
  ['requester', 'PROCESSING', 'Your order 42: *🛠️ Preparing*. `/fleet status 42` has the details.'],
  [
    'admins',
    'OF_<TOMORROW>',
    'Order 42 of Anna Keller: *❔ OF_\u200b&lt;TOMORROW&gt;*. `/fleet status 42` has the details.',
  ],
  // A name that every object has is no status that we know.
  ['admins', 'constructor', 'Order 42 of Anna Keller: *❔ constructor*. `/fleet status 42` has the details.'],
  [
    'signatory',
    'SIGNING',
    "Order 42 of Anna Keller, which you approved: *✍️ Waiting for the contract to be signed*. Please sign the contract that Fleet sends you, or check Fleet's cockpit. `/fleet status 42` has the details.",
  ],
] as const)('the %s hears of %s what it means for them', (reader, clientStatus, text) => {
  expect(orderStatusText({ ...notice, reader, clientStatus })).toBe(text);
});
