import { CartMemory } from '../../domain/cart/cart.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/state.ts';
import type { FilledElement, FilledForm } from '../filled-form.ts';
import { cartActions } from '../ids.ts';
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

interface CartReading {
  readonly carry: ModalCarry;
  readonly approverName: string | null;
}

export const MAX_NOTE = 500;

const SLACK_USER = /^[UW][A-Z0-9]+$/;

/** Approver and Note as they stand in the fields; where a page has no fields, as the modal carried them. */
export function readYourCart(view: FilledForm, memory: CartMemory): CartReading {
  const { approver: approverField, note: noteField } = cartActions;
  const chosen = view.state.values[approverField]?.[approverField];
  const written = view.state.values[noteField]?.[noteField];
  const approver = chosen === undefined ? memory.carry.approver : personIn(chosen);
  return {
    carry: {
      ...memory.carry,
      approver,
      note: (written === undefined ? memory.carry.note : (written.value ?? '')).slice(0, MAX_NOTE),
    },
    approverName: approver === null ? null : (chosen?.selected_option?.text.text ?? memory.approverName),
  };
}

/** Null: nothing chosen, or the row that says no one was found. */
function personIn({ selected_option: option }: FilledElement): SlackUserId | null {
  // The pattern just matched what Slack's ids of people look like.
  return option != null && SLACK_USER.test(option.value) ? (option.value as SlackUserId) : null;
}
