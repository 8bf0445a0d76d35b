import type { KnownBlock, PlainTextOption } from '@slack/types';
import { CartMemory } from '../../domain/cart/cart.ts';
import type { CartNews } from '../../domain/cart/trouble.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/choice.ts';
import type { Person } from '../../domain/people/people.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import {
  actions,
  button,
  type FilledElement,
  type FilledForm,
  personOptions,
  readMemory,
  sayingOption,
  section,
  short,
  shortCarry,
} from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { productText } from '../request/rows.ts';
import { clip, counted, literal, modeLabel, plain, quote, slackDate } from '../text.ts';
import { cartDifferenceText, cartPage, cartTotalText, itemBlocks, pagingBlocks, type ShownCart } from './rows.ts';
import { existingCartModal, type LockedCart, lockedCartModal } from './states.ts';

export const nobodyMaySign = 'No one can approve for you yet. Ask an admin.';
export const whoYouAreUnknown = "We couldn't find you in Fleet. Type again in a moment.";

export function noApproverText(typed: string): string {
  return `No approver matches “${typed.trim()}”. Admins choose approvers in Settings.`;
}

/** `approvers`: those who match what was typed. */
export function approverOptions(approvers: readonly Person[], typed: string): PlainTextOption[] {
  if (approvers.length === 0) return [sayingOption(noApproverText(typed))];
  return personOptions(approvers.slice(0, limits.options), ({ slackUserId }) => slackUserId);
}

type ShownScreen = Extract<CartScreen, { kind: 'exists' }> | LockedCart | ShownCart;

export const yourCartTitle = 'Your cart';

/** `metadata` is signed and holds the same page. `said`, in mrkdwn: shown above a cart that can't be edited. */
export function yourCartModal(screen: ShownScreen, metadata: string, page = 0, said = ''): ModalView {
  switch (screen.kind) {
    case 'cart':
      return cartModal(screen, metadata, page);
    case 'locked':
      return lockedCartModal(screen, metadata, said);
    case 'exists':
      return existingCartModal(screen, metadata);
  }
}

/** The same modal while a job works on it, so that the outcome can replace it. */
export function busyCartModal(text: string, metadata: string): ModalView {
  return modal({
    callbackId: callbacks.yourCart,
    title: yourCartTitle,
    privateMetadata: metadata,
    blocks: [section(text)],
  });
}

function cartModal(screen: ShownCart, metadata: string, wanted: number): ModalView {
  const shown = cartPage(screen, wanted);
  const mayBeSent = screen.rows.length > 0 && screen.found.length === 0 && screen.pending === null;
  return modal({
    callbackId: callbacks.yourCart,
    title: yourCartTitle,
    ...(mayBeSent ? { submit: 'Send for approval' } : {}),
    privateMetadata: metadata,
    blocks: [
      ...saying(screen.problem?.row === null ? screen.problem.text : ''),
      ...saying(screen.news ?? ''),
      ...saying(cartDifferenceText(screen.difference)),
      ...saying(lastEndText(screen.lastEnd)),
      ...saying(emptyText(screen)),
      ...saying(foundText(screen)),
      ...shown.rows.flatMap((item) => itemBlocks(item, screen.mode, screen.problem)),
      ...pagingBlocks(shown),
      addDevice(screen),
      ...(screen.rows.length > 0 ? saying(totalLineText(screen)) : []),
      ...(screen.pending === null ? [] : pendingBlocks(screen.pending, shown.page)),
      ...(mayBeSent ? [approverField(screen), noteField(screen)] : []),
    ],
  });
}

/** A total that Fleet doesn't have yet says so. Empty while the whole cart switches to another mode. mrkdwn. */
function totalLineText({ total, mode, pending }: ShownCart): string {
  if (pending === null) return `*Total:* ${cartTotalText(total, mode)}`;
  return total.ours.length === 0 ? '' : `*Total once Fleet has all of this:* ${cartTotalText(total, mode)}`;
}

export const pendingText = 'You can send your cart for approval once Fleet has all of it.';

function pendingBlocks({ unnamed }: NonNullable<ShownCart['pending']>, page: number): readonly KnownBlock[] {
  const more = unnamed === 0 ? '' : `${counted(unnamed, 'device')} being added. `;
  const refresh = button(cartActions.showPage, 'Refresh', { value: String(page) });
  return [section(`${more}${pendingText}`), actions([refresh], REFRESH_BLOCK)];
}

/** Paging uses the same action. */
const REFRESH_BLOCK = 'refresh';

const addDeviceLabel = 'Add a device';
const addAnotherLabel = 'Add another device';

function addDevice({ rows, found, canPutBack }: ShownCart): KnownBlock {
  const label = rows.length + found.length === 0 ? addDeviceLabel : addAnotherLabel;
  return actions([
    ...(canPutBack ? [button(cartActions.putBack, 'Put back in cart', { value: 'put_back', style: 'primary' })] : []),
    button(cartActions.addDevice, label, { value: 'add' }),
  ]);
}

/** Why the cart is back. mrkdwn; empty if it wasn't sent, or the person withdrew it. */
function lastEndText(end: ShownCart['lastEnd']): string {
  switch (end?.kind) {
    case 'changes_requested':
      return `*${literal(end.by.name)} asked for changes:*\n${quote(end.wish, 1000)}`;
    case 'declined':
      return `*${literal(end.by.name)} declined this:*\n${quote(end.reason, 1000)}`;
    case 'expired':
      return `*This expired* ${slackDate(end.at)} *without a decision.*`;
    default:
      return '';
  }
}

function emptyText({ rows, found, pending, keptByFleet, canPutBack }: ShownCart): string {
  if (rows.length > 0 || found.length > 0 || pending !== null) return '';
  if (keptByFleet.length === 0) return 'Your cart is empty.';
  const kept = keptByFleet.map((product) => `• ${productText(product)}`);
  return [
    'Your cart is empty. Fleet keeps these as an unordered draft:',
    ...kept,
    canPutBack
      ? 'Put them back in your cart to change or resend them. Otherwise your next order replaces them.'
      : 'Your next order replaces them.',
  ].join('\n');
}

/** Made in Fleet, or our record of it was lost. */
export const foundCartText = 'You have a cart in Fleet. Complete or remove these devices to continue here.';

function foundText({ found }: ShownCart): string {
  return found.length === 0 ? '' : foundCartText;
}

function saying(text: string): readonly KnownBlock[] {
  return text === '' ? [] : [section(text)];
}

/** Block and action ids never change, so the choice survives every update of the view. */
function approverField({ approver, approverName }: ShownCart): KnownBlock {
  const chosen: PlainTextOption | null =
    approver === null ? null : { text: plain(approverName ?? approver, limits.optionText), value: approver };
  return {
    type: 'input',
    block_id: cartActions.approver,
    label: plain('Approver', limits.inputLabel),
    element: {
      type: 'external_select',
      action_id: cartActions.approver,
      min_query_length: 0,
      placeholder: plain('Choose an approver', limits.placeholder),
      ...(chosen === null ? {} : { initial_option: chosen }),
    },
  };
}

function noteField({ note }: ShownCart): KnownBlock {
  return {
    type: 'input',
    block_id: cartActions.note,
    optional: true,
    label: plain('Note to the approver', limits.inputLabel),
    element: {
      type: 'plain_text_input',
      action_id: cartActions.note,
      multiline: true,
      max_length: MAX_NOTE,
      ...(note === '' ? {} : { initial_value: clip(note, MAX_NOTE) }),
    },
  };
}

/** What `private_metadata` holds before it is signed. */
export function cartMemoryText(memory: CartMemory): string {
  const { carry, approverName } = memory;
  return JSON.stringify({
    ...memory,
    carry: shortCarry(carry),
    approverName: approverName === null ? null : short(approverName, 75),
  });
}

export const readCartMemory = (text: string | null): CartMemory | null => readMemory(CartMemory, text);

const MAX_NOTE = 500;

const SLACK_USER = /^[UW][A-Z0-9]+$/;

/** Approver (whose name is looked up, never read) and Note as in the fields; without fields, as the modal carried them. */
export function readYourCart(view: FilledForm, memory: CartMemory): { readonly carry: ModalCarry } {
  const { approver: approverField, note: noteField } = cartActions;
  const chosen = view.state.values[approverField]?.[approverField];
  const written = view.state.values[noteField]?.[noteField];
  const approver = chosen === undefined ? memory.carry.approver : personIn(chosen);
  return {
    carry: {
      ...memory.carry,
      approver,
      note: clip(written === undefined ? memory.carry.note : (written.value ?? ''), MAX_NOTE),
      ...(written === undefined ? {} : { isNoteShown: true as const }),
    },
  };
}

/** Null: nothing chosen, or the row that says no one was found. */
function personIn({ selected_option: option }: FilledElement): SlackUserId | null {
  // The pattern just matched what Slack's ids of people look like.
  return option != null && SLACK_USER.test(option.value) ? (option.value as SlackUserId) : null;
}

/** `repriced`: the whole cart switched to this mode. mrkdwn. */
export function cartNewsText(news: CartNews, repriced: AcquisitionMode | null): string {
  const said = newsText(news);
  return repriced === null ? said : `${said} Your whole cart switched to *${modeLabel(repriced)}*.`;
}

function newsText(news: CartNews): string {
  switch (news.kind) {
    case 'added':
      return `Added ${counted(news.count, 'device')}. Send your cart for approval when you're ready.`;
    case 'saved':
      return 'Saved.';
    case 'removed':
    case 'emptied':
      return 'Removed.';
    case 'completed':
      return news.left === 0
        ? 'Saved. Your cart in Fleet now matches this one.'
        : `Saved. ${counted(news.left, 'device')} left to complete or remove.`;
    case 'replaced':
      return "Replaced. Send your cart for approval when you're ready.";
    case 'left_as_it_is':
      return 'Nothing was added: your cart in Fleet is unchanged.';
    case 'sent':
      return `Sent to *${literal(news.approver.name)}* for approval.`;
  }
}
