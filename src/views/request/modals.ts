import type { InputBlock } from '@slack/types';
import type { ModalView } from '../../domain/surfaces.ts';
import { modal } from '../guard.ts';
import { callbacks, cardFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { plain } from '../text.ts';

/** `metadata`: signed; says which card the modal was opened from. Who submits is Slack's to say. */
export function declineModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.declineRequest,
    title: 'Decline request',
    submit: 'Decline',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [words(cardFields.reason, 'Reason')],
  });
}

export function askForChangesModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.askForChanges,
    title: 'Ask for changes',
    submit: 'Send',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [words(cardFields.wish, 'What should change?')],
  });
}

export function handOverModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.handOver,
    title: 'Hand over',
    submit: 'Hand over',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [newApprover('New approver')],
  });
}

export function chooseApproverModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.chooseApprover,
    title: 'Choose another approver',
    submit: 'Choose',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [newApprover('New approver')],
  });
}

const MOST_CHARACTERS = 1_000;

function words(field: string, label: string): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label, limits.inputLabel),
    element: { type: 'plain_text_input', action_id: field, multiline: true, max_length: MOST_CHARACTERS },
  };
}

/** Slack's own picker: the modal opens at once, and who may sign is checked when it is submitted. */
function newApprover(label: string): InputBlock {
  return {
    type: 'input',
    block_id: cardFields.newApprover,
    label: plain(label, limits.inputLabel),
    hint: plain('Somebody who may sign: it is checked when you submit.', limits.inputHint),
    element: { type: 'users_select', action_id: cardFields.newApprover },
  };
}

/** What Slack sends of a view's fields: only what is read here. */
type FieldValues = Readonly<
  Record<string, Readonly<Record<string, { readonly value?: string | null; readonly selected_user?: string | null }>>>
>;

export type ReadField =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Blanks alone are no reason. */
export function readWords(values: FieldValues, field: 'reason' | 'wish'): ReadField {
  const value = values[cardFields[field]]?.[cardFields[field]]?.value?.trim() ?? '';
  if (value !== '') return { ok: true, value };
  const error = field === 'reason' ? 'Please say why.' : 'Please say what should change.';
  return { ok: false, errors: { [cardFields[field]]: error } };
}

export function readNewApprover(values: FieldValues): ReadField {
  const value = values[cardFields.newApprover]?.[cardFields.newApprover]?.selected_user ?? '';
  return value === '' ? newApproverError('Please choose somebody who may sign.') : { ok: true, value };
}

export function newApproverError(text: string): Extract<ReadField, { readonly ok: false }> {
  return { ok: false, errors: { [cardFields.newApprover]: text } };
}
