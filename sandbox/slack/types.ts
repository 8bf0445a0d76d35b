import type { FaultControl } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Obj } from './json.ts';
import type { ManifestSeed } from './manifest.ts';
import type { Violations } from './violations.ts';
import type { SlackSnapshot } from './workspace-state.ts';

export interface PersonSeed {
  id: string;
  /** The handle: what is typed after @. */
  name: string;
  realName: string;
  email?: string;
  tz: string;
  locale: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  deleted?: boolean;
  isBot?: boolean;
  /** A guest. */
  isRestricted?: boolean;
  /** Somebody of another workspace (Slack Connect). */
  isStranger?: boolean;
  emailHidden?: boolean;
}

export interface ChannelSeed {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm' | 'group_dm';
  members: string[];
  botIsMember?: boolean;
  archived?: boolean;
}

export interface UserGroupSeed {
  id: string;
  name: string;
  handle: string;
  users: string[];
}

export interface SlackSeed {
  team: { id: string; name: string; domain: string };
  people: PersonSeed[];
  channels: ChannelSeed[];
  bot: { userId: string; botId: string; appId: string; name: string };
  userGroups?: UserGroupSeed[];
  grantedScopes?: string[];
  manifestPath?: string;
}

export interface SlackOptions {
  seed?: SlackSeed;
  port?: number;
  /** Slack's clock: ages of triggers and response URLs, message timestamps. Signatures always carry the real time. */
  now?: () => number;
  signingSecret?: string;
  botToken?: string;
  /** In place of the file at the repository's root. */
  manifest?: ManifestSeed;
  /** Waits before the three retries of an event. Slack: 0, 1 min, 5 min. */
  eventRetryDelaysMs?: readonly number[];
  ackTimeoutMs?: number;
  /** What `view.state` an option look-up carries. Slack's is empty or stale, never to be relied on. */
  suggestionState?: 'empty' | 'stale';
  /** Answer 429 when a method's tier is exceeded. */
  rateLimits?: boolean;
  journalLimit?: number;
}

export type DeliveryKind =
  | 'command'
  | 'shortcut'
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'block_suggestion'
  | 'event';

/** One signed request as it was sent, so that it can be sent again byte by byte. */
export interface Delivery {
  kind: DeliveryKind;
  userId?: string;
  contentType: string;
  body: string;
  target: string;
}

/** What Slack itself put before the person because of the answer (or its absence). */
export interface Shown {
  kind: 'error' | 'ephemeral' | 'message';
  text: string;
}

/** What Slack saw of one act of a person. `status` is 0 when no answer came. */
export interface Act {
  kind: DeliveryKind;
  status: number;
  ackMs: number;
  body: unknown;
  rawBody: string;
  timedOut: boolean;
  shown: Shown[];
  delivery: Delivery;
  /** The app asked (x-slack-no-retry) not to hear of this event again. */
  noRetry?: boolean;
  /** False when Slack sent nothing to the app (an input without dispatch_action, a refused confirm dialog). */
  sent: boolean;
}

export interface SubmitResult {
  kind: 'closed' | 'updated' | 'pushed' | 'errors' | 'cleared' | 'failed';
  /** By visible label. */
  errors?: Record<string, string>;
  /** True when Slack refused on its own side and the app was never called. */
  bySlack?: boolean;
  shown?: Shown[];
  act?: Act;
}

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
  close(viewId: string): Promise<Act | undefined>;
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
  say(channelId: string, text: string): Promise<void>;
}

export interface SendRequest {
  kind: DeliveryKind;
  /** Merged over the payload that Slack would build. */
  payload?: Obj;
  userId?: string;
  signature?: 'valid' | 'wrong' | 'stale' | 'future' | 'missing';
  retry?: { num: number; reason: string };
  target?: string;
  contentType?: string;
  /** In place of the whole body. */
  body?: string;
}

export interface SlackWorkspace {
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly state: { snapshot(): SlackSnapshot };
  readonly faults: FaultControl;
  readonly journal: Journal;
  readonly violations: Violations;
  readonly seed: SlackSeed;
  subscribe(listener: (change: { what: string; at: number }) => void): () => void;
  deliverTo(urls: string | string[]): void;
  person(id: string): SlackPerson;
  send(request: SendRequest): Promise<Act>;
  redeliver(previous: Act, options?: { target?: string; retry?: { num: number; reason: string } }): Promise<Act>;
  /** Sends an event; the retries that follow a failure are in `retries`. */
  event(event: Obj): Promise<{ first: Act; retries: Promise<Act[]> }>;
  /** Changes a person (deactivation, e-mail, time zone) and tells the app when it listens to `user_change`. */
  changePerson(id: string, change: Partial<PersonSeed>): Promise<void>;
  changeChannel(id: string, change: Partial<ChannelSeed>): void;
  /** Revokes the token and sends both events. */
  uninstall(order?: 'tokens_first' | 'app_first'): Promise<void>;
  tamper: { privateMetadata(viewId: string, value: string): void };
  /** The first truthy answer of `probe`, asked again at each change. Fails with what the workspace shows. */
  until<T>(probe: () => T | undefined | false | null, options?: { timeoutMs?: number; what?: string }): Promise<T>;
  /** Resolves when nothing was exchanged with the app for this long. */
  quiet(ms?: number): Promise<void>;
  close(): Promise<void>;
}
