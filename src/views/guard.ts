import type { KnownBlock } from '@slack/types';
import type { HomeView, Message, ModalView } from '../domain/surfaces.ts';
import { distinctBlockIds } from './guard/block-ids.ts';
import { fitBlock } from './guard/fit-block.ts';
import { byteLength, textLength } from './guard/measure.ts';
import { quiet } from './guard/quiet.ts';
import { type More, moreRows, shorten, tailOf } from './guard/shorten.ts';
import { limits } from './limits.ts';
import { clipMrkdwn, plain } from './text.ts';

/**
 * Messages, modals and Home tabs built from lists or from what people and Fleet wrote go through here, so that Slack
 * accepts them: what exceeds a limit is cut visibly. `notices.ts` builds the short fixed ones without it.
 */
export interface GuardOptions {
  /** Words for what was left out: "… 12 more: open the cart to see them". */
  readonly more?: More;
  /** How many blocks at the end stay; by default the buttons, fields and small print that it ends with. */
  readonly tail?: number;
}

/** `text` is what notifications and screen readers get: mrkdwn, escaped by whoever calls. */
export function message(text: string, blocks: readonly KnownBlock[], options: GuardOptions = {}): Message {
  const shown = clipMrkdwn(quiet(text).trim(), limits.messageText);
  return {
    text: shown === '' ? 'Fleet' : shown,
    blocks: guarded(blocks, options, fitsMessage),
  };
}

export interface ModalParts extends GuardOptions {
  readonly callbackId: string;
  readonly title: string;
  readonly submit?: string;
  readonly close?: string;
  readonly blocks: readonly KnownBlock[];
  /** Left out when Slack would refuse it for its length: readers treat it as that of an older release. */
  readonly privateMetadata?: string;
}

export function modal(parts: ModalParts): ModalView {
  const { callbackId, title, close = 'Close', privateMetadata = '' } = parts;
  const blocks = guarded(parts.blocks, parts, fitsView);
  // Slack refuses a modal with an input and no submit.
  const submit = parts.submit ?? (blocks.some(({ type }) => type === 'input') ? 'Done' : null);
  return {
    type: 'modal',
    callback_id: callbackId.slice(0, limits.id),
    title: plain(title, limits.viewTitle),
    close: plain(close, limits.viewTitle),
    blocks,
    ...(submit === null ? {} : { submit: plain(submit, limits.viewTitle) }),
    ...(privateMetadata === '' || privateMetadata.length > limits.privateMetadata
      ? {}
      : { private_metadata: privateMetadata }),
  };
}

export function home(blocks: readonly KnownBlock[], options: GuardOptions = {}): HomeView {
  return { type: 'home', blocks: guarded(blocks, options, fitsView) };
}

function guarded(
  blocks: readonly KnownBlock[],
  { more = moreRows, tail }: GuardOptions,
  fits: (kept: readonly KnownBlock[]) => boolean,
): KnownBlock[] {
  const fitted = distinctBlockIds(blocks.flatMap(fitBlock));
  return shorten(fitted, { more, tail: tail ?? tailOf(fitted), fits });
}

function fitsMessage(kept: readonly KnownBlock[]): boolean {
  return kept.length <= limits.messageBlocks && textLength(kept) <= limits.messageCharacters;
}

function fitsView(kept: readonly KnownBlock[]): boolean {
  return kept.length <= limits.viewBlocks && byteLength(kept) <= limits.viewBytes;
}
