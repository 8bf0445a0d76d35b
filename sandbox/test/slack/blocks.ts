import type { KnownBlock, ModalView } from '@slack/types';

export const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text }) as const;
export const option = (text: string, value = text) => ({ text: plain(text), value });
export const section = (text: string): KnownBlock => ({ type: 'section', text: mrkdwn(text) });

export function button(text: string, actionId: string, more: object = {}) {
  return { type: 'button', text: plain(text), action_id: actionId, ...more } as const;
}

export function actions(...elements: ReturnType<typeof button>[]): KnownBlock {
  return { type: 'actions', elements };
}

/** An input whose block_id is its label in lower case and whose action_id is `value`. */
export function input(label: string, element: object, more: object = {}): KnownBlock {
  return {
    type: 'input',
    block_id: label.toLowerCase(),
    label: plain(label),
    element: { action_id: 'value', ...element },
    ...more,
  } as KnownBlock;
}

export const text = (label: string, element: object = {}, more: object = {}): KnownBlock =>
  input(label, { type: 'plain_text_input', ...element }, more);

export const select = (label: string, options: string[], element: object = {}, more: object = {}): KnownBlock =>
  input(label, { type: 'static_select', options: options.map((one) => option(one)), ...element }, more);

export function modal(blocks: KnownBlock[], more: Partial<ModalView> = {}): ModalView {
  return { type: 'modal', callback_id: 'form', title: plain('Form'), submit: plain('Send'), blocks, ...more };
}
