import type { Order } from './model.ts';
import type { FleetState } from './state.ts';
import type { DeviceStatus } from './vocabulary.ts';

/** A plausible path through the statuses. Fleet publishes none. */
const next: Readonly<Record<string, string>> = {
  RECEIVED: 'BEING_PROCESSED',
  BEING_PROCESSED: 'SIGNING',
  FINANCING_REQUEST: 'SIGNING',
  DOC_REQUIRED: 'SIGNING',
  PENDING_DECISION: 'SIGNING',
  SIGNING: 'PROCESSING',
  PROCESSING: 'SHIPPED',
  SHIPPED: 'RECEPTION_TO_CONFIRM',
  RECEPTION_TO_CONFIRM: 'ONGOING_ORDER',
  ONGOING_ORDER: 'EQUIPMENT_TO_SEND',
  EQUIPMENT_TO_SEND: 'ARCHIVED',
};

/** The status itself if nothing follows it. */
export function nextStatus(clientStatus: string): string {
  return next[clientStatus] ?? clientStatus;
}

const deviceStatus: Readonly<Record<string, DeviceStatus>> = {
  PROCESSING: 'IN_PREPARATION',
  SHIPPED: 'SHIPPED',
  RECEPTION_TO_CONFIRM: 'DELIVERED',
  ONGOING_ORDER: 'IN_SERVICE',
  ARCHIVED: 'ARCHIVED',
};

export function setOrderStatus(state: FleetState, order: Order, clientStatus: string, at: number): void {
  order.clientStatus = clientStatus;
  order.updatedAt = at;
  if (clientStatus === 'PROCESSING') order.contractNumber ??= `CT-${String(order.id).padStart(6, '0')}`;
  const status = deviceStatus[clientStatus];
  for (const line of order.lines) {
    const device = state.devices.get(line.deviceId);
    if (device && status) device.clientStatus = status;
  }
  state.changed('order_status', order.id);
}
