import type { Act, SubmitResult } from './act-types.ts';
import type { Obj } from './json.ts';

export interface Confirm {
  title: string;
  text: string;
  confirm: string;
  deny: string;
}

export interface PressOptions {
  nth?: number;
  near?: string;
  confirm?: boolean;
}

export interface FillOptions {
  /** Finishes with Enter, which `on_enter_pressed` waits for. */
  enter?: boolean;
}

export interface FieldView {
  label: string;
  type: string;
  blockId: string;
  actionId: string;
  /** What the field shows; empty if nothing is filled in. */
  value: string;
  optional: boolean;
  hint?: string;
  placeholder?: string;
  error?: string;
  /** The visible options of a local list; absent for searched and typed fields. */
  options?: string[];
}

export interface ButtonView {
  text: string;
  blockId: string;
  actionId: string;
  value?: string;
  url?: string;
  style?: string;
  confirm?: Confirm;
  /** The text beside or above it. */
  near: string;
}

/** Anything with blocks that a person uses by reading it: a modal, the Home tab, a message. */
export interface SlackSurface {
  readonly blocks: Obj[];
  text(): string;
  labels(): string[];
  field(label: string): FieldView;
  hasField(label: string): boolean;
  buttons(): ButtonView[];
  button(text: string, options?: PressOptions): ButtonView;
  fill(label: string, value: string, options?: FillOptions): Promise<Act>;
  select(label: string, option: string | string[], options?: { confirm?: boolean }): Promise<Act>;
  /** The options that the list offers for this query. */
  search(label: string, query: string): Promise<string[]>;
  selectSearched(label: string, query: string, option: string): Promise<Act>;
  choose(label: string, option: string): Promise<Act>;
  press(button: string, options?: PressOptions): Promise<Act>;
}

export interface SlackView extends SlackSurface {
  readonly id: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly hash: string;
  /** False once closed or replaced by another root view. */
  readonly isOpen: boolean;
}

export interface SlackModal extends SlackView {
  readonly title: string;
  readonly submitText: string | undefined;
  /** The field errors on show, by label. */
  errors(): Record<string, string>;
  submit(): Promise<SubmitResult>;
  /** The close button: closes this view only, or the whole stack with clear_on_close. */
  close(): Promise<Act | undefined>;
  /** The X: closes the whole stack. */
  closeAll(): Promise<void>;
}

export interface SlackMessage extends SlackSurface {
  readonly channel: string;
  readonly ts: string;
  readonly from: string;
  readonly isEphemeral: boolean;
  readonly isDeleted: boolean;
  /** The top-level text, as notifications and screen readers get it. */
  readonly fallback: string;
  /** The message before each edit, oldest first. */
  readonly edits: { at: number; text: string; blocks: Obj[] }[];
  readonly threadTs: string | undefined;
  /** Who it pings: `@channel`, `@here`, `@everyone` and user ids. */
  readonly pings: string[];
}

interface BlockActionRequest {
  viewId?: string;
  message?: { channel: string; ts: string };
  blockId: string;
  actionId: string;
  /** For a button, replaces its value. For a stateful element, the new value (option value, text, ids). */
  value?: string | string[] | number;
  confirm?: boolean;
}

/** Acts by id, as the Slack client sends them; the acts by label are built on these. */
export interface RawActs {
  blockAction(request: BlockActionRequest): Promise<Act>;
  setValue(
    where: string | { channel: string; ts: string },
    blockId: string,
    actionId: string,
    value: string | string[] | number,
    options?: FillOptions,
  ): Promise<Act>;
  suggest(
    where: string | { channel: string; ts: string },
    blockId: string,
    actionId: string,
    query: string,
  ): Promise<{ options: Obj[]; act?: Act }>;
  submit(viewId: string): Promise<SubmitResult>;
  /** The close button or, with `all`, the X that closes the whole stack. */
  close(viewId: string, options?: { all?: boolean }): Promise<Act | undefined>;
  /** The person has read this channel, so nothing in it is unread. */
  read(channelId: string): void;
}

export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  readonly raw: RawActs;
  /** The same person, with every act delivered to this instance of the app. */
  via(target: string): SlackPerson;
  command(text: string, options?: { channelId?: string }): Promise<Act>;
  shortcut(name: string): Promise<Act>;
  openHome(tab?: 'home' | 'messages'): Promise<Act>;
  home(): SlackView | undefined;
  modal(): SlackModal | undefined;
  /** The channel id of this person's DM with the app. */
  dm(): string;
  /** Without an argument, the DM with the app. */
  messagesIn(channelId?: string): SlackMessage[];
  message(matching: string | RegExp): SlackMessage | undefined;
  press(message: SlackMessage, button: string, options?: PressOptions): Promise<Act>;
  ephemerals(channelId?: string): SlackMessage[];
  /** What Slack itself told this person (time-outs, failed dispatches), newest last. */
  notices(): string[];
  /** Restarts the client: ephemeral messages and open modals are lost, and the app is not told. */
  reload(): void;
  say(channelId: string, text: string): Promise<void>;
}
