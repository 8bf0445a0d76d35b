import type { KnownBlock } from '@slack/types';
import { BETWEEN_ROWS, mrkdwn } from '../text.ts';

/** Words what was left out, in mrkdwn. `count` is in rows: blocks with a text of their own, which may hold several. */
export type More = (count: number) => string;

export const moreRows: More = (count) =>
  count === 1 ? '… 1 more is not shown here' : `… ${count} more are not shown here`;

export interface Shortening {
  readonly more: More;
  /** How many blocks at the end stay as long as they can. */
  readonly tail: number;
  readonly fits: (kept: readonly KnownBlock[]) => boolean;
}

/** Leaves out blocks from above the tail upwards until the rest fits, and says so in their place. */
export function shorten(blocks: readonly KnownBlock[], { more, tail, fits }: Shortening): KnownBlock[] {
  if (fits(blocks)) return [...blocks];
  const end = blocks.length - tail;
  for (let from = end - 1; from >= 0; from -= 1) {
    const shown = [...blocks.slice(0, from), note(blocks.slice(from, end), more), ...blocks.slice(end)];
    if (fits(shown)) return shown;
  }
  // The tail alone is too much.
  return tail === 0 ? [] : shorten(blocks.slice(end), { more, tail: 0, fits });
}

/** Buttons, fields and the small print below them: without these nobody can act on what is shown. */
export function tailOf(blocks: readonly KnownBlock[]): number {
  const above = blocks.findLastIndex(({ type }) => type !== 'actions' && type !== 'input' && type !== 'context');
  return blocks.length - 1 - above;
}

function note(gone: readonly KnownBlock[], more: More): KnownBlock {
  const rows = gone.reduce((sum, block) => sum + rowsIn(block), 0);
  return { type: 'context', elements: [mrkdwn(more(rows === 0 ? gone.length : rows))] };
}

function rowsIn(block: KnownBlock): number {
  return block.type === 'section' ? (block.text?.text ?? '').split(BETWEEN_ROWS).length : 0;
}
