/** What the server sends to the page. Types only: the page imports them too. */
import type { Violation } from '../slack/violations.ts';
import type { AppStatus } from './app-control.ts';
import type { FirstSteps } from './first-steps.ts';
import type { Trouble } from './trouble.ts';

export type Obj = Record<string, unknown>;
export type StateValues = Record<string, Record<string, Obj>>;

export interface PersonPicture {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  /** Their role in this company; empty for people who are not played. */
  readonly part: string;
  readonly unread: number;
  readonly canBePlayed: boolean;
}

export interface ChannelPicture {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'dm' | 'group_dm' | 'app';
  readonly label: string;
  readonly unread: number;
}

export interface MessagePicture {
  readonly channel: string;
  readonly ts: string;
  readonly from: string;
  readonly isApp: boolean;
  readonly isEphemeral: boolean;
  readonly text: string;
  readonly blocks: readonly Obj[];
  readonly values: StateValues;
  readonly edits: number;
}

export interface ViewPicture {
  readonly id: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string;
  readonly callbackId: string;
  readonly blocks: readonly Obj[];
  readonly values: StateValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly updates: number;
}

export interface CommandPicture {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

interface NoticePicture {
  readonly at: number;
  readonly text: string;
}

/** The workspace as one person sees it. */
export interface Picture {
  readonly me: { readonly id: string; readonly name: string; readonly tz: string; readonly dm: string };
  readonly team: string;
  readonly app: { readonly userId: string; readonly name: string; readonly isReadOnly: boolean };
  readonly now: number;
  readonly people: readonly PersonPicture[];
  readonly channels: readonly ChannelPicture[];
  readonly messages: Readonly<Record<string, readonly MessagePicture[]>>;
  /** Root first; the last one is on top. */
  readonly modals: readonly ViewPicture[];
  readonly home: ViewPicture | null;
  readonly notices: readonly NoticePicture[];
  readonly commands: readonly CommandPicture[];
  readonly shortcuts: readonly { readonly name: string; readonly description: string }[];
}

export interface LinePicture {
  readonly name: string;
  readonly count: number;
  readonly details: string;
  readonly price: string;
}

export interface OrderPicture {
  readonly id: number;
  readonly status: string | null;
  readonly purchaser: string | null;
  readonly signatory: string | null;
  readonly mode: string;
  readonly lines: readonly LinePicture[];
  /** How often a validate was committed: more than once would be a second contract. */
  readonly validations: number;
  readonly updatedAt: number;
}

/** One exchange between two of Slack, the app and Fleet. */
export interface ExchangePicture {
  readonly id: string;
  readonly at: number;
  readonly from: 'Slack' | 'App' | 'Fleet';
  readonly to: 'Slack' | 'App' | 'Fleet';
  readonly title: string;
  readonly detail: string;
  /** Null: not answered yet, or never. */
  readonly status: number | null;
  readonly ms: number | null;
  readonly sent: unknown;
  readonly answer: unknown;
  readonly note: string;
}

/** What the panel shows to developers and evaluators. */
export interface PanelPicture {
  readonly now: number;
  readonly clockOffsetMs: number;
  readonly store: 'embedded' | 'redis';
  readonly app: AppStatus;
  readonly log: readonly string[];
  readonly firstSteps: FirstSteps;
  readonly orders: readonly OrderPicture[];
  readonly violations: readonly Violation[];
  readonly troubles: readonly (Trouble & { readonly isOn: boolean })[];
}
