import { OrderMemory } from '../../domain/order/order-memory.ts';
import { clip } from '../text.ts';

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
    const read = OrderMemory.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** JSON writes control characters and halves of characters with six signs each: they would break the limit. */
function short(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
