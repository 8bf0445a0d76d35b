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
  /** The person ends with Enter: what `on_enter_pressed` waits for. */
  enter?: boolean;
}

export interface FieldView {
  label: string;
  type: string;
  blockId: string;
  actionId: string;
  /** What the person reads in the field now; empty when nothing is filled in. */
  value: string;
  optional: boolean;
  hint?: string;
  placeholder?: string;
  error?: string;
  /** Visible texts of a local list; absent for searched and typed fields. */
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
  /** The text that stands beside or above it. */
  near: string;
}

/** Anything with blocks that a person can use by what they read: a modal, the Home tab, a message. */
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
  /** Option texts that the list offers for these words. */
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
  /** Field errors that stand in the modal now, by label. */
  errors(): Record<string, string>;
  submit(): Promise<SubmitResult>;
  /** The close button: closes this view only (all, with clear_on_close). */
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
  /** The top-level text: what notifications and screen readers get. */
  readonly fallback: string;
  /** The message as it stood before each edit, oldest first. */
  readonly edits: { at: number; text: string; blocks: Obj[] }[];
  readonly threadTs: string | undefined;
  /** Whom it pings: `@channel`, `@here`, `@everyone` and person ids. */
  readonly pings: string[];
}

export interface BlockActionRequest {
  viewId?: string;
  message?: { channel: string; ts: string };
  blockId: string;
  actionId: string;
  /** Button: replaces the value it carries. Stateful elements: the new value (option value, text, ids). */
  value?: string | string[] | number;
  confirm?: boolean;
}

/** Acts by ids, as the Slack client sends them; the acts by label are built on these. */
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
  /** The close button, or with `all` the X that closes the whole stack. */
  close(viewId: string, options?: { all?: boolean }): Promise<Act | undefined>;
  /** The person has read this channel: nothing is unread there. */
  read(channelId: string): void;
}

export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  readonly raw: RawActs;
  /** The same person, whose acts all go to this instance of the app. */
  via(target: string): SlackPerson;
  command(text: string, options?: { channelId?: string }): Promise<Act>;
  shortcut(name: string): Promise<Act>;
  openHome(tab?: 'home' | 'messages'): Promise<Act>;
  home(): SlackView | undefined;
  modal(): SlackModal | undefined;
  /** The channel id of this person's DM with the app. */
  dm(): string;
  /** Without an argument: the DM with the app. */
  messagesIn(channelId?: string): SlackMessage[];
  message(matching: string | RegExp): SlackMessage | undefined;
  press(message: SlackMessage, button: string, options?: PressOptions): Promise<Act>;
  ephemerals(channelId?: string): SlackMessage[];
  /** What Slack itself told this person (timeouts, failed dispatches), newest last. */
  notices(): string[];
  /** Starts the client anew: ephemeral messages and open modals are gone, and nobody is told. */
  reload(): void;
  say(channelId: string, text: string): Promise<void>;
}
