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
