import { z } from 'zod';
import type { FleetOrderId, RequestId, SlackUserId } from '../../domain/ids.ts';
import { noCarry } from '../../domain/order/order-memory.ts';
import type { ModalCarry } from '../../domain/work.ts';
import { clip } from '../text.ts';

/** What an open **Your cart** carries in its signed metadata. */
export interface CartMemory {
  /** Approver and note as last known: what the fields hold now counts more. */
  readonly carry: ModalCarry;
  readonly approverName: string | null;
  /** Digest of what was shown: sending goes through only for exactly this. */
  readonly seen: string;
  readonly page: number;
  /** Of the locked cart. */
  readonly requestId: RequestId | null;
  /** `CART_ALREADY_EXISTS`: the cart that was found, and the metadata text of the form that was being submitted. */
  readonly existing: { readonly fleetOrderId: FleetOrderId; readonly order: string } | null;
}

export const emptyCartMemory: CartMemory = {
  carry: noCarry,
  approverName: null,
  seen: '',
  page: 0,
  requestId: null,
  existing: null,
};

// Signed by us: what is a text here was that id when it was written.
const name = <T extends string>() => z.string().transform((text) => text as T);

const Memory = z.object({
  carry: z.object({ approver: name<SlackUserId>().nullable(), note: z.string(), words: z.string() }),
  approverName: z.string().nullable(),
  seen: z.string(),
  page: z.int().min(0),
  requestId: name<RequestId>().nullable(),
  existing: z
    .object({
      fleetOrderId: z
        .int()
        .positive()
        .transform((id) => id as FleetOrderId),
      order: z.string(),
    })
    .nullable(),
});

/** What `private_metadata` holds before it is signed. */
export function cartMemoryText(memory: CartMemory): string {
  const { carry, approverName } = memory;
  return JSON.stringify({
    ...memory,
    carry: { ...carry, note: clip(short(carry.note), 500), words: clip(short(carry.words), 100) },
    approverName: approverName === null ? null : clip(short(approverName), 75),
  });
}

/** `text`: what the seal opened. Null: not ours, changed, or nothing that this release reads. */
export function readCartMemory(text: string | null): CartMemory | null {
  if (text === null) return null;
  try {
    const read = Memory.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** JSON writes control characters and halves of characters with six signs each: they would break Slack's limit. */
function short(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
