import type { ActionsBlock, Button, PlainTextOption } from '@slack/types';
import type { PageOf } from '../domain/screens.ts';
import { generalActions } from './ids.ts';
import { limits, plain } from './text.ts';

/** The part of Slack's view payload that holds what was filled in: by block_id, then by action_id. */
export interface FilledForm {
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, FilledElement>>>> };
}

export interface FilledElement {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string; readonly text: { readonly text: string } } | null | undefined;
}

/** Signs what a button that turns to this page carries. */
export type PageValue = (page: number) => string;

/** **Previous** and **Next**, as far as there is something. */
export function pagingButtons({ page, pages }: PageOf<unknown>, value: PageValue): readonly ActionsBlock[] {
  const button = (action_id: string, text: string, to: number): Button => ({
    type: 'button',
    action_id,
    value: value(to),
    text: plain(text, limits.buttonText),
  });
  const elements = [
    ...(page > 0 ? [button(generalActions.previousPage, 'Previous', page - 1)] : []),
    ...(page + 1 < pages ? [button(generalActions.nextPage, 'Next', page + 1)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', block_id: 'paging', elements }];
}

/** "1 to 15 of 37" */
export function rangeText({ rows, first, count }: PageOf<unknown>): string {
  return rows.length === count ? `${count}` : `${first} to ${first + rows.length - 1} of ${count}`;
}

/** A row that only says something. Slack shows an empty answer as "No result", and a failed one as nothing at all. */
export function sayingOption(text: string): PlainTextOption {
  return option(text, optionValues.says);
}

/** The description continues a long text, so that two long names can be told apart. */
export function option(text: string, value: string | number): PlainTextOption {
  const whole = plain(text, limits.sectionText).text;
  const shown = plain(text, limits.optionText);
  // One character shorter without the ellipsis: a surrogate pair is never cut in half.
  const rest = whole.length > limits.optionText ? `…${whole.slice(shown.text.length - 1)}` : null;
  return {
    text: shown,
    value: String(value),
    ...(rest === null ? {} : { description: plain(rest, limits.optionDescription) }),
  };
}

/** Values of options that stand for something other than an id of Fleet's. Open modals hold them: they never change. */
export const optionValues = {
  everyCategory: 'every',
  me: 'me',
  nobodyYet: 'nobody_yet',
  fleetsDefault: 'fleets_default',
  /** A row that only says something ("Nothing found …"): choosing it chooses nothing. */
  says: 'says',
} as const;
