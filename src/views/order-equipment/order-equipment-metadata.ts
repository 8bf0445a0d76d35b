import { z } from 'zod';
import { acquisitionModes, categories, keyboardLayouts } from '../../domain/failures/fleet-words.ts';
import type {
  CountryCode,
  FleetAddressId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
  SlackUserId,
} from '../../domain/ids.ts';
import { orderFieldNames } from '../../domain/order/order-choice.ts';
import type { OrderMemory } from '../../domain/order/order-memory.ts';
import { clip } from '../text.ts';

const id = <T extends number>() =>
  z
    .int()
    .positive()
    // Signed by us: what is a number here was that id when it was written.
    .transform((number) => number as T);
const name = <T extends string>() => z.string().transform((text) => text as T);

const Choice = z.object({
  deliveryCountry: name<CountryCode>(),
  category: z.enum(categories).nullable(),
  productGroupId: id<FleetProductGroupId>().nullable(),
  productId: id<FleetProductId>().nullable(),
  keyboardLayout: z.enum(keyboardLayouts).nullable(),
  quantity: z.number(),
  assignee: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('me') }),
    z.object({ kind: z.literal('nobody_yet') }),
    z.object({ kind: z.literal('person'), fleetUserId: id<FleetUserId>(), name: z.string() }),
  ]),
  shippingAddressId: id<FleetAddressId>().nullable(),
  mode: z.enum(acquisitionModes),
});

const Memory = z.object({
  choice: Choice,
  purpose: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('add') }),
    z.object({ kind: z.literal('edit'), row: z.string() }),
    z.object({ kind: z.literal('complete_found'), productId: id<FleetProductId>() }),
  ]),
  turns: z.partialRecord(z.enum(orderFieldNames), z.string()),
  carry: z.object({ approver: name<SlackUserId>().nullable(), note: z.string(), words: z.string() }),
});

/** What `private_metadata` holds before it is signed. With every text at its longest it stays below Slack's 3,000. */
export function orderMemoryText(memory: OrderMemory): string {
  const { choice, carry } = memory;
  return JSON.stringify({
    ...memory,
    choice: {
      ...choice,
      assignee:
        choice.assignee.kind === 'person'
          ? { ...choice.assignee, name: clip(short(choice.assignee.name), 75) }
          : choice.assignee,
    },
    carry: { ...carry, note: clip(short(carry.note), 500), words: clip(short(carry.words), 100) },
  });
}

/** `text`: what the seal opened. Null: not ours, changed, or nothing that this release reads. */
export function readOrderMemory(text: string | null): OrderMemory | null {
  if (text === null) return null;
  try {
    const read = Memory.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** JSON writes control characters and halves of characters with six signs each: they would break the limit. */
function short(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
