import type { KnownBlock } from '@slack/types';

/** What the views build and the Slack client sends: a message, a modal, a Home tab. */
export interface Message {
  /** For notifications and screen readers. Never empty. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

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
