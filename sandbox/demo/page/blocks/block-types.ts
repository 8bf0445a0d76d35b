import type { ComponentType } from 'react';
import type { Obj, StateValues } from '../../picture-types.ts';
import type { Place } from '../elements/element-types.ts';

/** The container of the blocks: a view, by its id, or a message. */
export interface Surface {
  readonly where: Place['where'];
  readonly values: StateValues;
  readonly errors: Readonly<Record<string, string>>;
}

export interface BlockProps {
  readonly block: Obj;
  readonly surface: Surface;
}

export type BlockView = ComponentType<BlockProps>;
