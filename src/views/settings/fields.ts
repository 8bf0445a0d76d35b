import type { InputBlock, PlainTextOption } from '@slack/types';
import type { Mistake } from '../../domain/settings/input.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { limits } from '../limits.ts';
import { clip, plain } from '../text.ts';

/** What Slack sends of one field of a modal; absent where the field is not on screen. */
export type FieldState = Readonly<{
  value?: string | null;
  selected_users?: readonly string[];
  selected_option?: { readonly value?: string } | null;
  selected_options?: readonly { readonly value?: string }[];
  selected_conversation?: string | null;
}>;
export type FormState = Readonly<Record<string, Readonly<Record<string, FieldState>>>>;

/** By block_id, as Slack shows them under the fields. */
export type FieldErrors = Readonly<Record<string, string>>;

interface Field {
  readonly name: string;
  /** Of the settings that it shows: under another one Slack forgets what stood there before. */
  readonly revision: number | null;
  readonly label: string;
  readonly element: InputBlock['element'];
  readonly hint?: string;
  readonly optional?: boolean;
}

export function settingField({ name, revision, label, element, hint, optional = true }: Field): InputBlock {
  return {
    type: 'input',
    block_id: `${name}.${revision ?? 0}`,
    label: plain(label, limits.inputLabel),
    element: { ...element, action_id: name },
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint, limits.inputHint) }),
  };
}

export interface ReadField {
  readonly blockId: string;
  readonly state: FieldState;
}

/** Null: this field is not on screen. */
export function fieldIn(form: FormState, name: string): ReadField | null {
  for (const [blockId, actions] of Object.entries(form)) {
    const state = actions[name];
    if (state !== undefined) return { blockId, state };
  }
  return null;
}

export function textIn(form: FormState, name: string): string {
  return fieldIn(form, name)?.state.value?.trim() ?? '';
}

export function valuesIn(form: FormState, name: string): readonly string[] {
  return (fieldIn(form, name)?.state.selected_options ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
}

/** Under a field that is not there nothing can be shown: the first one of the form takes it. */
export function errorAt(form: FormState, name: string, text: string): FieldErrors {
  const blockId = fieldIn(form, name)?.blockId ?? Object.keys(form)[0];
  return blockId === undefined ? {} : { [blockId]: text };
}

export function choice(text: string, value: string): PlainTextOption {
  return { text: plain(text, limits.optionText), value };
}

/** Null: not a whole number within the bounds. */
export function wholeIn(form: FormState, name: string, least: number, most: number): number | null {
  const text = textIn(form, name);
  if (!/^\d{1,6}$/u.test(text)) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}

export type ReadSection =
  | { readonly ok: true; readonly change: Partial<Settings> }
  | { readonly ok: false; readonly errors: FieldErrors };

/** Slack shows it under the field. Plain text. */
export function mistakeText({ kind, words }: Mistake): string {
  const shown = `“${clip(words, 40)}”`;
  switch (kind) {
    case 'unreadable':
      return `${shown} cannot be read: write one a line, as the hint shows.`;
    case 'unknown_country':
      return `${shown} is not the code of a country.`;
    case 'unknown_currency':
      return `${shown} is not the code of a currency.`;
    case 'twice':
      return `${shown} is listed twice.`;
    case 'too_many':
      return `${words} lines are too many: 100 at most.`;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return kind satisfies never;
  }
}
