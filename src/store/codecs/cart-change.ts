import { z } from 'zod';
import type { Category, KeyboardLayout } from '../../domain/failures/fleet-words.ts';
import type {
  CountryCode,
  FleetAddressId,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../../domain/ids.ts';
import type { OrderChoice } from '../../domain/order/order-form.ts';
import type { CartChange } from '../../domain/work.ts';
import { branded, brandedId } from './brands.ts';
import { everyKind } from './every-kind.ts';
import { AcquisitionMode } from './order-line.ts';

const choice: z.ZodType<OrderChoice> = z.object({
  deliveryCountry: branded<CountryCode>(),
  category: branded<Category>().nullable(),
  productGroupId: brandedId<FleetProductGroupId>().nullable(),
  productId: brandedId<FleetProductId>().nullable(),
  keyboardLayout: branded<KeyboardLayout>().nullable(),
  quantity: z.number(),
  assignee: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('me') }),
    z.object({ kind: z.literal('nobody_yet') }),
    z.object({ kind: z.literal('person'), fleetUserId: brandedId<FleetUserId>(), name: z.string() }),
  ]),
  shippingAddressId: brandedId<FleetAddressId>().nullable(),
  mode: AcquisitionMode,
});

const row = z.string();
const productId = brandedId<FleetProductId>();

export const CartChangeShape = everyKind<CartChange>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('add'), choice }),
    z.object({ kind: z.literal('edit'), row, choice }),
    z.object({ kind: z.literal('remove'), row }),
    z.object({ kind: z.literal('complete_found'), productId, choice }),
    z.object({ kind: z.literal('remove_found'), productId: productId.nullable() }),
    z.object({ kind: z.literal('replace_existing'), fleetOrderId: brandedId<FleetOrderId>(), choice }),
  ]),
);
