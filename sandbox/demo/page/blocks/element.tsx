import type { ReactNode } from 'react';
import type { Obj } from '../../picture-types.ts';
import type { Place } from '../elements/element-types.ts';
import { elementViews } from '../elements/registry.tsx';
import { str, textOf } from '../json.ts';
import type { Surface } from './block-types.ts';
import { Picture } from './image.tsx';
import { Unknown } from './unknown.tsx';

interface Props {
  readonly element: Obj;
  readonly block: Obj;
  readonly surface: Surface;
  readonly naming?: Partial<Pick<Place, 'labelId' | 'label' | 'describedBy' | 'isInvalid' | 'isOptional' | 'isInput'>>;
}

/** Renders any element in a block by its type, or shows an error for an unknown type. */
export function Element({ element, block, surface, naming = {} }: Props): ReactNode {
  const type = str(element.type);
  if (type === 'image') return <Picture element={element} size="small" />;
  const View = elementViews[type];
  if (View === undefined) return <Unknown what="element" type={type} />;
  const blockId = str(block.block_id);
  const actionId = str(element.action_id);
  const place: Place = {
    where: surface.where,
    blockId,
    actionId,
    state: surface.values[blockId]?.[actionId],
    isInput: false,
    isOptional: false,
    labelId: undefined,
    label: textOf(element.placeholder) || textOf(element.text) || actionId,
    describedBy: undefined,
    isInvalid: false,
    ...naming,
  };
  return <View element={element} place={place} />;
}
