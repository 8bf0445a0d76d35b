import { z } from 'zod';
import { acquisitionModes, type KeyboardLayout } from '../../domain/failures/fleet-words.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
  SlackUserId,
} from '../../domain/ids.ts';
import type { Money, OrderLine, Shipping } from '../../domain/order/order-line.ts';
import type { Person } from '../../domain/people/people.ts';
import { branded, brandedId } from './brands.ts';

export const AcquisitionMode = z.enum(acquisitionModes);

export const MoneyShape: z.ZodType<Money> = z.object({ amount: z.string(), currency: branded<CurrencyCode>() });

const ShippingShape: z.ZodType<Shipping> = z.object({ min: z.number().nullable(), max: z.number().nullable() });

export const OrderLineShape: z.ZodType<OrderLine> = z.looseObject({
  productId: brandedId<FleetProductId>(),
  deliveryCountry: branded<CountryCode>(),
  keyboardLayout: branded<KeyboardLayout>().nullable(),
  fleetUserId: brandedId<FleetUserId>().nullable(),
  shippingAddressId: brandedId<FleetAddressId>().nullable(),
  productGroupId: brandedId<FleetProductGroupId>().nullable(),
  productName: z.string(),
  configuration: z.string(),
  assigneeName: z.string().nullable(),
  price: MoneyShape.nullable(),
  shipping: ShippingShape,
});

export const PersonShape: z.ZodType<Person> = z.object({
  slackUserId: branded<SlackUserId>(),
  fleetUserId: brandedId<FleetUserId>(),
  name: z.string(),
});
