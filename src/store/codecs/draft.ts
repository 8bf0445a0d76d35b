import { z } from 'zod';
import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import type { ChangeId, CurrencyCode, FleetOrderId, FleetProductId, FleetUserId, RequestId } from '../../domain/ids.ts';
import { branded, brandedId } from './brands.ts';
import { createCodec } from './codec.ts';
import { AcquisitionMode, OrderLineShape } from './order-line.ts';

export const FleetSnapshotShape: z.ZodType<FleetSnapshot> = z.object({
  productIds: z.array(brandedId<FleetProductId>().nullable()),
  names: z.array(z.string().nullable()),
  rent: z.string().nullable(),
  currency: branded<CurrencyCode>().nullable(),
});

export const draftCodec = createCodec<DraftCart>({
  version: 1,
  schema: z.looseObject({
    purchaserId: brandedId<FleetUserId>(),
    fleetOrderId: brandedId<FleetOrderId>().nullable(),
    mode: AcquisitionMode,
    lines: z.array(OrderLineShape),
    fleetHolds: FleetSnapshotShape.nullable(),
    standing: z.enum(['ours', 'emptied', 'found']),
    creatingSince: z.number().nullable(),
    lockedBy: branded<RequestId>().nullable(),
    appliedChanges: z.array(branded<ChangeId>()),
    revision: z.number().int(),
  }),
});
