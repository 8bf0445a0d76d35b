import type { ActionsBlock, Button, PlainTextOption } from '@slack/types';
import type { PageOf } from '../domain/paging.ts';
import { generalActions } from './ids.ts';
import { limits } from './limits.ts';
import { option } from './order-form/blocks.ts';
import { optionValues } from './order-form/read.ts';
import { plain } from './text.ts';

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
