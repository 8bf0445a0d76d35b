import type { InputBlock } from '@slack/types';
import type { ModalView } from '../../domain/surfaces.ts';
import { modal } from '../guard.ts';
import { callbacks, cardFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { clip, isBlank, plain } from '../text.ts';

/** `metadata`: signed, names the card that the modal was opened from. Slack says who submits. */
export function declineModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.declineRequest,
    title: 'Decline request',
    submit: 'Decline',
    close: 'Cancel',
    privateMetadata: metadata,
    blocks: [words(cardFields.reason, 'Reason')],
  });
}

export function askForChangesModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.askForChanges,
    title: 'Ask for changes',
    submit: 'Send',
    close: 'Cancel',
    privateMetadata: metadata,
    blocks: [words(cardFields.wish, 'What should change?')],
  });
}

export function reassignModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.handOver,
    title: 'Reassign',
    submit: 'Reassign',
    close: 'Cancel',
    privateMetadata: metadata,
    blocks: [newApprover('New approver')],
  });
}

export function chooseApproverModal(metadata: string): ModalView {
  return modal({
    callbackId: callbacks.chooseApprover,
    title: 'Choose another approver',
    submit: 'Choose',
    close: 'Cancel',
    privateMetadata: metadata,
    blocks: [newApprover('New approver')],
  });
}

const MAX_CHARACTERS = 1_000;

function words(field: string, label: string): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label, limits.inputLabel),
    hint: plain('The requester will see this.', limits.inputHint),
    element: { type: 'plain_text_input', action_id: field, multiline: true, max_length: MAX_CHARACTERS },
  };
}

/** Slack's own picker, so that the modal opens at once: eligibility is checked on submit. */
function newApprover(label: string): InputBlock {
  return {
    type: 'input',
    block_id: cardFields.newApprover,
    label: plain(label, limits.inputLabel),
    hint: plain('Must be an approver.', limits.inputHint),
    element: { type: 'users_select', action_id: cardFields.newApprover },
  };
}

/** The part of Slack's view state that is read here. */
type FieldValues = Readonly<
  Record<string, Readonly<Record<string, { readonly value?: string | null; readonly selected_user?: string | null }>>>
>;

export type ReadField =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Whitespace and invisible characters alone don't count. */
export function readWords(values: FieldValues, field: 'reason' | 'wish'): ReadField {
  const value = values[cardFields[field]]?.[cardFields[field]]?.value?.trim() ?? '';
  if (!isBlank(value)) return { ok: true, value: clip(value, MAX_CHARACTERS) };
  const error = field === 'reason' ? 'Enter a reason.' : 'Enter what should change.';
  return { ok: false, errors: { [cardFields[field]]: error } };
}

export function readNewApprover(values: FieldValues): ReadField {
  const value = values[cardFields.newApprover]?.[cardFields.newApprover]?.selected_user ?? '';
  return value === '' ? newApproverError('Choose an approver.') : { ok: true, value };
}

export function newApproverError(text: string): Extract<ReadField, { readonly ok: false }> {
  return { ok: false, errors: { [cardFields.newApprover]: text } };
}
