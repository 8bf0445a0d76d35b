import type { Act, DeliveryKind } from './act-types.ts';
import type { FaultControl } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Obj } from './json.ts';
import type { SlackPerson } from './person-types.ts';
import type { ChannelSeed, PersonSeed, SlackSeed } from './seed-types.ts';
import type { Violations } from './violations.ts';
import type { SlackSnapshot } from './workspace-state.ts';

export interface SendRequest {
  kind: DeliveryKind;
  /** Merged into the payload that Slack would build. */
  payload?: Obj;
  userId?: string;
  signature?: 'valid' | 'wrong' | 'stale' | 'future' | 'missing';
  retry?: { num: number; reason: string };
  target?: string;
  contentType?: string;
  /** Replaces the whole body. */
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
  /** Sends an event; retries after a failure are in `retries`. */
  event(event: Obj): Promise<{ first: Act; retries: Promise<Act[]> }>;
  /** Changes a person (deactivation, email, time zone) and notifies the app if it subscribes to `user_change`. */
  changePerson(id: string, change: Partial<PersonSeed>): Promise<void>;
  changeChannel(id: string, change: Partial<ChannelSeed>): void;
  /** Revokes the token and sends both events. */
  uninstall(order?: 'tokens_first' | 'app_first'): Promise<void>;
  tamper: { privateMetadata(viewId: string, value: string): void };
  /** Resolves with the first truthy result of `probe`, retried at each change. On failure, the error shows the workspace. */
  until<T>(probe: () => T | undefined | false | null, options?: { timeoutMs?: number; what?: string }): Promise<T>;
  /** Resolves when nothing has been exchanged with the app for this long. */
  quiet(ms?: number): Promise<void>;
  close(): Promise<void>;
}
