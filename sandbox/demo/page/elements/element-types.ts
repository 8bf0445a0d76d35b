import type { ComponentType } from 'react';
import type { Obj } from '../../picture-types.ts';

/** Where an element is, and its name and description for screen readers. */
export interface Place {
  readonly where: string | { readonly channel: string; readonly ts: string };
  readonly blockId: string;
  readonly actionId: string;
  /** The current value. */
  readonly state: Obj | undefined;
  readonly isInput: boolean;
  readonly isOptional: boolean;
  readonly labelId: string | undefined;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
}

export interface ElementProps {
  readonly element: Obj;
  readonly place: Place;
}

export type ElementView = ComponentType<ElementProps>;

/** The `aria-…` attributes of an element that people fill in. */
export function naming({ labelId, label, describedBy, isInvalid, isOptional, isInput }: Place) {
  return {
    ...(labelId === undefined ? { 'aria-label': label } : { 'aria-labelledby': labelId }),
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(isInvalid ? { 'aria-invalid': true } : {}),
    ...(isInput && !isOptional ? { 'aria-required': true } : {}),
  };
}
