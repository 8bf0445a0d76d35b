import { z } from 'zod';
import type { CartTotal } from '../../domain/cart/cart.ts';
import type { CartDifference } from '../../domain/cart/cart-difference.ts';
import type { FleetOrderId, FleetProductId, RequestId, SlackUserId, TenantId } from '../../domain/ids.ts';
import type { CardCopy, DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { branded, brandedId } from './brands.ts';
import { createCodec } from './codec.ts';
import { FleetSnapshotShape } from './draft.ts';
import { everyKind } from './every-kind.ts';
import { FleetFailureShape } from './fleet-failure.ts';
import { AcquisitionMode, MoneyShape, OrderLineShape, PersonShape } from './order-line.ts';

const CartTotalShape: z.ZodType<CartTotal> = z.object({
  fleet: MoneyShape.nullable(),
  ours: z.array(MoneyShape),
  unpriced: z.number(),
});

const Counted = z.object({
  productId: brandedId<FleetProductId>().nullable(),
  name: z.string().nullable(),
  count: z.number(),
});

const CartDifferenceShape: z.ZodType<CartDifference> = z.object({
  missing: z.array(Counted),
  extra: z.array(Counted),
  total: z.object({ from: MoneyShape.nullable(), to: MoneyShape.nullable() }).nullable(),
});

const by = PersonShape;
const at = z.number();
const toldOf = z.array(z.string()).exactOptional();

const RequestStateShape = everyKind<RequestState>()(
  z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('pending') }),
    z.looseObject({
      kind: z.literal('validating'),
      by,
      at,
      validateSentAt: z.number().nullable(),
      isBusy: z.boolean().exactOptional(),
    }),
    z.looseObject({ kind: z.literal('unconfirmed'), by, at, gaveUpAt: z.number(), looks: z.number() }),
    z.looseObject({
      kind: z.literal('ordered'),
      by,
      at,
      clientStatus: z.string(),
      signatoryConfirmed: z.boolean(),
      toldOf,
    }),
    z.looseObject({ kind: z.literal('declined'), by, at, reason: z.string() }),
    z.looseObject({ kind: z.literal('changes_requested'), by, at, wish: z.string() }),
    z.looseObject({ kind: z.literal('withdrawn'), by, at }),
    z.looseObject({ kind: z.literal('expired'), at }),
    z.looseObject({
      kind: z.literal('closed_elsewhere'),
      at,
      how: z.enum(['ordered', 'gone']),
      clientStatus: z.string().nullable(),
      toldOf,
    }),
  ]),
);

export const requestCodec = createCodec<DeviceRequest>({
  version: 1,
  schema: z.looseObject({
    id: branded<RequestId>(),
    tenant: branded<TenantId>(),
    fleetOrderId: brandedId<FleetOrderId>(),
    requester: PersonShape,
    approver: PersonShape,
    mode: AcquisitionMode,
    lines: z.array(OrderLineShape),
    total: CartTotalShape,
    note: z.string(),
    fingerprint: z.string(),
    expectedInFleet: FleetSnapshotShape,
    createdAt: z.number(),
    expiresAt: z.number(),
    lastRemindedAt: z.number().nullable(),
    askedAt: z.number().exactOptional(),
    previousRequestId: branded<RequestId>().nullable(),
    state: RequestStateShape,
    // What is only shown is given up rather than the request with it.
    difference: CartDifferenceShape.nullable().catch(null),
    problem: FleetFailureShape.nullable().catch(null),
    approverGone: z.boolean().catch(false),
    revision: z.number().int(),
  }),
});

export const copyCodec = createCodec<CardCopy>({
  version: 1,
  schema: z.looseObject({
    kind: z.enum(['requester', 'approver', 'shared']),
    slackUserId: branded<SlackUserId>().nullable(),
    channel: branded<CardCopy['channel']>(),
    ts: branded<CardCopy['ts']>(),
    shows: z.number(),
  }),
});
