import type { ActionsBlock, Button, ContextBlock, PlainTextOption, SectionBlock } from '@slack/types';
import type { z } from 'zod';
import type { FleetUserId } from '../domain/ids.ts';
import type { ModalCarry } from '../domain/order-form/choice.ts';
import type { PageOf } from '../domain/screens.ts';
import { generalActions } from './ids.ts';
import { limits } from './limits.ts';
import { clip, mrkdwn, plain } from './text.ts';

/** The part of Slack's view payload that holds what was filled in: by block_id, then by action_id. */
export interface FilledForm {
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, FilledElement>>>> };
}

export interface FilledElement {
  readonly value?: string | null | undefined;
  /** Its label is never read: anyone could have written it. */
  readonly selected_option?: { readonly value: string } | null | undefined;
}

/** `text` is mrkdwn: the caller has escaped what people or Fleet wrote. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** A context of plain text. */
export function smallPrint(text: string): ContextBlock {
  return { type: 'context', elements: [plain(text, limits.sectionText)] };
}

export function actions(elements: Button[], blockId?: string): ActionsBlock {
  return { type: 'actions', ...(blockId === undefined ? {} : { block_id: blockId }), elements };
}

export function button(actionId: string, text: string, more: Partial<Button> = {}): Button {
  return { type: 'button', action_id: actionId, text: plain(text, limits.buttonText), ...more };
}

/** What a screen reader says instead of the button's text, which other rows' buttons have too: words, no marks. */
export function spoken(label: string): Pick<Button, 'accessibility_label'> {
  return { accessibility_label: plain(label.replace(/[<>*_~`]/g, ' '), limits.accessibilityLabel).text };
}

/** How much of a name a label shows for certain, after a verb and a number. */
const SPOKEN_NAME = 50;

/** Names for the labels of rows: those that would sound alike are numbered. */
export function toldApart(names: readonly string[]): readonly string[] {
  const heard = names.map((name) => clip(name, SPOKEN_NAME));
  return names.map((name, index) => {
    const isOnly = heard.filter((one) => one === heard[index]).length === 1;
    return isOnly ? name : `${index + 1} of ${names.length}, ${name}`;
  });
}

/** Signs what a button that turns to this page carries. */
export type PageValue = (page: number) => string;

/** **Previous** and **Next**, as far as there is something. */
export function pagingButtons({ page, pages }: PageOf<unknown>, value: PageValue): readonly ActionsBlock[] {
  const elements = [
    ...(page > 0 ? [button(generalActions.previousPage, 'Previous', { value: value(page - 1) })] : []),
    ...(page + 1 < pages ? [button(generalActions.nextPage, 'Next', { value: value(page + 1) })] : []),
  ];
  return elements.length === 0 ? [] : [actions(elements, 'paging')];
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

/** An option for each person; namesakes are told apart by their Fleet user. */
export function personOptions<P extends { readonly name: string; readonly fleetUserId: FleetUserId }>(
  people: readonly P[],
  idOf: (person: P) => string | number,
): PlainTextOption[] {
  const counts = new Map<string, number>();
  for (const { name } of people) counts.set(name, (counts.get(name) ?? 0) + 1);
  return people.map((person) => {
    const shown = option(person.name, idOf(person));
    const description = plain(`Fleet user ${person.fleetUserId}`, limits.optionDescription);
    return counts.get(person.name) === 1 ? shown : { ...shown, description };
  });
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

/** What a modal carries, read from what the seal opened. Null: not ours, changed, or nothing that this release reads. */
export function readMemory<T>(memory: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return memory.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** JSON writes control characters and halves of characters with six signs each: they would break Slack's limit. */
export function short(text: string, max: number): string {
  return clip(text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' '), max);
}

export function shortCarry(carry: ModalCarry): ModalCarry {
  return { ...carry, note: short(carry.note, 500), words: short(carry.words, 100) };
}
