import type { ReactNode } from 'react';
import { objects, str } from '../json.ts';
import type { BlockProps } from './block-types.ts';
import { Element } from './element.tsx';

export function ActionsBlock({ block, surface }: BlockProps): ReactNode {
  return (
    <div className="block-actions">
      {objects(block.elements).map((element, index) => (
        <Element key={`${index}:${str(element.action_id)}`} element={element} block={block} surface={surface} />
      ))}
    </div>
  );
}
