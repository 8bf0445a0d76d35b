import type { FleetFailure, FleetOperation } from '../domain/failures/failure.ts';
import type { FleetBudget, Urgency } from '../domain/fleet-budget.ts';
import type { Fetch } from './http.ts';

/** How long one call may wait in total for room in the budget. */
type WaitBounds = Readonly<Record<Urgency, number>>;
/**
 * A refresh uses up its share at once and then waits for the budget's next minute, or the one after if a sweep runs too.
 * With less time, a company larger than one minute's share could never be read to the end.
 */
const defaultWaitBoundsMs: WaitBounds = { person: 2_500, background: 60_000, refresh: 150_000 };

/** A key with other characters would make every request fail inside the HTTP library. */
export function fitsIntoHeader(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** An http or https address that we can append paths to, without query, fragment or credentials. */
export function isPlainAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return !/[?#]/.test(url.href) && url.username === '' && url.password === '';
}

/** One attempt, for metrics. */
export interface RequestReport {
  readonly operation: FleetOperation;
  readonly urgency: Urgency;
  readonly attempt: number;
  readonly kind: 'ok' | FleetFailure['kind'];
  /** Null when no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
}

/** Worth a log line, but doesn't change the outcome. The message is static and contains no value from Fleet. */
export type OnOddity = (message: string, fields: Readonly<Record<string, string | number>>) => void;

interface FleetHooks {
  readonly onRequest: (report: RequestReport) => void;
  readonly onOddity: OnOddity;
}

/** When a hook runs, Fleet may have placed an order: a hook that throws must not turn that into an error. */
function withoutThrowing(hooks: Partial<FleetHooks>): FleetHooks {
  return {
    onRequest: (report) => attempt(() => hooks.onRequest?.(report)),
    onOddity: (message, fields) => attempt(() => hooks.onOddity?.(message, fields)),
  };
}

function attempt(tell: () => void): void {
  try {
    tell();
  } catch {
    // A hook is where we would report this.
  }
}

export interface FleetClientOptions extends Partial<FleetHooks> {
  /** Up to and including `/platform/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch: Fetch;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly budget: FleetBudget;
  readonly timeoutsMs?: FleetTimeouts;
  readonly waitBoundsMs?: WaitBounds;
  readonly maxAnswerBytes?: number;
}
export interface FleetTimeouts {
  readonly read: number;
  readonly write: number;
}
/** Generous for writes: if we give up waiting, we don't know whether Fleet carried it out. */
export const defaultTimeoutsMs: FleetTimeouts = { read: 8_000, write: 15_000 };

export type FleetSettings = Required<Omit<FleetClientOptions, keyof FleetHooks>> & { readonly hooks: FleetHooks };

/** Throws on an invalid address or key, without naming either in the message. */
export function settingsOf(options: FleetClientOptions): FleetSettings {
  return {
    ...options,
    baseUrl: checkedBaseUrl(options.baseUrl),
    apiKey: checkedKey(options.apiKey),
    timeoutsMs: options.timeoutsMs ?? defaultTimeoutsMs,
    waitBoundsMs: options.waitBoundsMs ?? defaultWaitBoundsMs,
    maxAnswerBytes: options.maxAnswerBytes ?? 2 * 1024 * 1024,
    hooks: withoutThrowing(options),
  };
}

function checkedBaseUrl(text: string): string {
  if (!isPlainAddress(text)) throw new Error('The Fleet API address is not usable.');
  return new URL(text).href.replace(/\/+$/, '');
}

function checkedKey(text: string): string {
  if (!fitsIntoHeader(text)) throw new Error('The Fleet API key is not usable.');
  return text;
}
