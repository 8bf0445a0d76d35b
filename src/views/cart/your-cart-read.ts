import type { CartMemory } from '../../domain/cart/cart-memory.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/work.ts';
import type { FilledElement, FilledForm } from '../filled-form.ts';
import { cartActions } from '../ids.ts';

export interface CartReading {
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

/** Null: nothing chosen, or the row that only says that nobody was found. */
function personIn({ selected_option: option }: FilledElement): SlackUserId | null {
  // The pattern just matched what Slack's ids of people look like.
  return option != null && SLACK_USER.test(option.value) ? (option.value as SlackUserId) : null;
}
