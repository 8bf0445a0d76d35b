import type { KnownBlock } from '@slack/types';

/** The views make what is sent to Slack, and the Web API client takes it: a message, a modal, a Home tab. */
export interface Message {
  /** What notifications and screen readers get. Never empty. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A modal as the views make it. */
export interface ModalView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: { readonly type: 'plain_text'; readonly text: string };
  readonly submit?: { readonly type: 'plain_text'; readonly text: string };
  readonly close?: { readonly type: 'plain_text'; readonly text: string };
  readonly blocks: KnownBlock[];
  readonly private_metadata?: string;
  readonly notify_on_close?: boolean;
}

export interface HomeView {
  readonly type: 'home';
  readonly blocks: KnownBlock[];
}
