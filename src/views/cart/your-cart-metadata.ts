import { CartMemory } from '../../domain/cart/cart-memory.ts';
import { clip } from '../text.ts';

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
    const read = CartMemory.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** JSON writes control characters and halves of characters with six signs each: they would break Slack's limit. */
function short(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
