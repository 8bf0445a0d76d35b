import { z } from 'zod';
import { FleetSnapshot } from '../cart/cart.ts';
import { type FleetOrderId, FleetUserId } from '../ids.ts';
import type { DeviceRequest } from '../request/request.ts';
import type { DeepReadonly } from '../schema.ts';
import type { DraftReport } from './draft-report.ts';

/** What Fleet says of an order or cart right now. */
export const KnownStanding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order'),
    clientStatus: z.string(),
    orderNumber: z.string().nullable(),
    deviceNames: z.array(z.string()),
  }),
  z.object({ kind: z.literal('cart'), purchaserId: FleetUserId.nullable(), holds: FleetSnapshot }),
  z.object({ kind: z.literal('gone') }),
]);

/** `not_asked`: Fleet could not be asked. */
export type FleetStanding = DeepReadonly<z.infer<typeof KnownStanding>> | { readonly kind: 'not_asked' };

/** One cart, request or order of a person. */
export interface StatusItem {
  /** With the status that Fleet was last heard to say. */
  readonly request: DeviceRequest;
  readonly standing: FleetStanding;
}

export interface PersonStatus {
  readonly draft: DraftReport | null;
  readonly items: readonly StatusItem[];
  /** There are requests older than those in `items`. */
  readonly hasOlder: boolean;
  /** For this person's signature. */
  readonly waiting: number;
}

/** One cart or order in full, as far as whoever asked may see it. */
export type OrderStatus =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'could_not_look' }
  | { readonly kind: 'request'; readonly item: StatusItem }
  /** Not sent to anybody, or to be sent again. */
  | {
      readonly kind: 'draft';
      readonly fleetOrderId: FleetOrderId;
      /** Null: of whoever asks. Text from people. */
      readonly whose: string | null;
      readonly draft: DraftReport;
      /** It may have been ordered or removed in Fleet itself. */
      readonly standing: FleetStanding;
      /** How the last request for it ended, as far as whoever asked may see that. */
      readonly ended: DeviceRequest | null;
    }
  /** Not placed through this app: for admins only. */
  | {
      readonly kind: 'foreign';
      readonly fleetOrderId: FleetOrderId;
      /** Null: Fleet does not say. Text from people. */
      readonly whose: string | null;
      readonly standing: FleetStanding;
    };
