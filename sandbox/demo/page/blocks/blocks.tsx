import type { ReactNode } from 'react';
import type { Obj } from '../../picture-types.ts';
import { objects, str } from '../json.ts';
import { ActionsBlock } from './actions-block.tsx';
import type { BlockProps, BlockView, Surface } from './block-types.ts';
import { TableBlock } from './data-table.tsx';
import { ImageBlock } from './image.tsx';
import { InputBlock } from './input-block.tsx';
import { RichText } from './rich-text.tsx';
import { AlertBlock, ContextBlock, DividerBlock, HeaderBlock, SectionBlock } from './text-blocks.tsx';
import { Unknown } from './unknown.tsx';

function ContainerBlock({ block, surface }: BlockProps): ReactNode {
  return (
    <div className="block-container">
      <Blocks blocks={objects(block.child_blocks)} surface={surface} />
    </div>
  );
}

/** Every block this page renders, by its Block Kit type. */
export const blockViews: Readonly<Record<string, BlockView>> = {
  actions: ActionsBlock,
  alert: AlertBlock,
  container: ContainerBlock,
  context: ContextBlock,
  context_actions: ActionsBlock,
  data_table: TableBlock,
  divider: DividerBlock,
  header: HeaderBlock,
  image: ImageBlock,
  input: InputBlock,
  markdown: RichText,
  rich_text: RichText,
  section: SectionBlock,
  table: TableBlock,
  video: RichText,
};

export function Blocks({ blocks, surface }: { blocks: readonly Obj[]; surface: Surface }): ReactNode {
  const keys = keysOf(blocks);
  return blocks.map((block, index) => {
    const type = str(block.type);
    const View = blockViews[type];
    if (View === undefined) return <Unknown key={keys[index]} what="block" type={type} />;
    return <View key={keys[index]} block={block} surface={surface} />;
  });
}

/**
 * Fields are keyed by their own ids, as their values are. Everything else is keyed by its position among blocks of its
 * kind: Slack generates a new block_id at each update, and that must not take the focus from a pressed button.
 */
function keysOf(blocks: readonly Obj[]): string[] {
  const counts = new Map<string, number>();
  return blocks.map((block) => {
    const type = str(block.type);
    if (type === 'input') return `input:${str(block.block_id)}`;
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return `${type}:${count}`;
  });
}
