import type { ComponentType } from 'react';
import type { Obj } from '../../picture-types.ts';

/** Where an element stands, and what names and describes it to a screen reader. */
export interface Place {
  readonly where: string | { readonly channel: string; readonly ts: string };
  readonly blockId: string;
  readonly actionId: string;
  /** What is filled in now. */
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

/** For `aria-…` of whatever a person fills in. */
export function naming({ labelId, label, describedBy, isInvalid, isOptional, isInput }: Place) {
  return {
    ...(labelId === undefined ? { 'aria-label': label } : { 'aria-labelledby': labelId }),
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(isInvalid ? { 'aria-invalid': true } : {}),
    ...(isInput && !isOptional ? { 'aria-required': true } : {}),
  };
}
