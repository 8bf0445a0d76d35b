import type { InputBlock, PlainTextOption } from '@slack/types';
import { countryMeant, type Mistake, type Settings } from '../../domain/settings/settings.ts';
import { limits } from '../limits.ts';
import { clip, isBlank, plain } from '../text.ts';

/** Slack's state of one field; absent if the field isn't on screen. */
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
  /** Of the settings shown: a new one makes Slack drop the field's previous value. */
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

/** Null: this field isn't on screen. */
export function fieldIn(form: FormState, name: string): ReadField | null {
  for (const [blockId, actions] of Object.entries(form)) {
    const state = actions[name];
    if (state !== undefined) return { blockId, state };
  }
  return null;
}

export function textIn(form: FormState, name: string): string {
  const typed = fieldIn(form, name)?.state.value ?? '';
  return isBlank(typed) ? '' : clip(typed.trim(), limits.inputCharacters);
}

export function valuesIn(form: FormState, name: string): readonly string[] {
  return (fieldIn(form, name)?.state.selected_options ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
}

/** On the form's first field if this one isn't on screen. */
export function errorAt(form: FormState, name: string, text: string): FieldErrors {
  const blockId = fieldIn(form, name)?.blockId ?? Object.keys(form)[0];
  return blockId === undefined ? {} : { [blockId]: text };
}

export function choice(text: string, value: string): PlainTextOption {
  return { text: plain(text, limits.optionText), value };
}

/** Null: not a whole number within the bounds. */
export function wholeIn(form: FormState, name: string, min: number, max: number): number | null {
  const text = textIn(form, name);
  if (!/^\d{1,6}$/u.test(text)) return null;
  const number = Number(text);
  return number >= min && number <= max ? number : null;
}

export type ReadSection =
  | { readonly ok: true; readonly change: Partial<Settings> }
  | { readonly ok: false; readonly errors: FieldErrors };

const didYouMean = (meant: string | null): string => (meant === null ? '' : ` Did you mean ${meant}?`);

/** Slack shows it under the field. Plain text. */
export function mistakeText({ kind, words }: Mistake): string {
  const shown = `“${clip(words, 40)}”`;
  switch (kind) {
    case 'unreadable':
      return `${shown} can't be read. Write one per line, as the hint shows.`;
    case 'unknown_country':
      return `${shown} isn't a country code.${didYouMean(countryMeant(words))}`;
    case 'unknown_currency':
      return `${shown} isn't a currency code.`;
    case 'twice':
      return `${shown} is listed twice.`;
    case 'once_or_monthly':
      return `Write “once” or “a month” after the amount of ${shown}.`;
    case 'too_many':
      return `${words} lines are too many: the limit is 100.`;
  }
}
