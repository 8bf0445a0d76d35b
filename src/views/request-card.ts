import type { DeviceRequest } from '../domain/request.ts';
import { sentence } from './notices.ts';
import type { Message } from './surfaces.ts';
import { literal } from './text.ts';

export interface DevicesHeld {
  readonly name: string;
  readonly count: number;
  readonly devices: readonly string[];
}

/** One copy of a request's card; made by `services/render-card.ts`. */
export interface RequestCard {
  readonly request: DeviceRequest;
  readonly side: 'approver' | 'requester' | 'shared';
  /** Signed: what every button carries. Null: this copy has no buttons (shared, or a former approver's). */
  readonly buttonValue: string | null;
  /** What the people it is for already have; those of whom Fleet does not say are left out. */
  readonly devices: readonly DevicesHeld[];
}

export function requestCard(card: RequestCard): Message {
  return sentence(literal(`Request ${card.request.fleetOrderId}`));
}
