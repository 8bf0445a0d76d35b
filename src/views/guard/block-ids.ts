import type { KnownBlock } from '@slack/types';
import { limits } from '../limits.ts';

/** A second block with the same id would refuse the whole payload: it is numbered. */
export function distinctBlockIds(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
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
