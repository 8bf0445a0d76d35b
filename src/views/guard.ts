import type { KnownBlock } from '@slack/types';
import type { HomeView, Message, ModalView } from '../domain/surfaces.ts';
import { fitBlock, type More, moreRows, quiet, shorten, tailOf } from './fit.ts';
import { limits } from './limits.ts';
import { clipMrkdwn, plain } from './text.ts';

/** A second block with the same id would refuse the whole payload: it is numbered. */
function distinctBlockIds(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  const taken = new Set<string>();
  return blocks.map((block) => {
    if (block.block_id === undefined) return block;
    const id = free(block.block_id, taken);
    taken.add(id);
    return id === block.block_id ? block : { ...block, block_id: id };
  });
}

function free(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let turn = 2; taken.has(id); turn += 1) id = `${wanted.slice(0, limits.id - 6)}~${turn}`;
  return id;
}

/** Characters of all texts: what Slack counts for `msg_blocks_too_long`, as far as we know. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [field, one]) => sum + (typeof one === 'string' ? (field === 'text' ? one.length : 0) : textLength(one)),
    0,
  );
}

const encoder = new TextEncoder();

function hasAtMost(bytes: number, value: unknown): boolean {
  const json = JSON.stringify(value);
  // No character has more than three bytes for each of its units: most views are far from the limit.
  return json.length * 3 <= bytes || encoder.encode(json).length <= bytes;
}

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

/** `text` is what notifications and screen readers get: mrkdwn, escaped by the caller. */
export function message(text: string, blocks: readonly KnownBlock[], options: GuardOptions = {}): Message {
  const shown = clipMrkdwn(quiet(text).trim(), limits.messageText);
  return {
    text: shown === '' ? 'Fleet' : shown,
    blocks: guarded(blocks, options, fitsMessage),
  };
}

/** For blocks that Slack refuses although the guard let them pass. */
export function textOnly({ text }: Message): Message {
  return { text, blocks: [] };
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
  return kept.length <= limits.viewBlocks && hasAtMost(limits.viewBytes, kept);
}
