import type { ReactNode } from 'react';
import { objects, str } from '../json.ts';
import { numbered } from '../numbered.ts';
import type { BlockProps } from './block-types.ts';
import { Element } from './element.tsx';

export function ActionsBlock({ block, surface }: BlockProps): ReactNode {
  return (
    <div className="block-actions">
      {numbered(objects(block.elements)).map(({ key, item: element }) => (
        <Element key={`${key}:${str(element.action_id)}`} element={element} block={block} surface={surface} />
      ))}
    </div>
  );
}
