import type { FleetFailure, FleetOperation } from '../domain/failures/failure.ts';
import type { FleetBudget, Urgency } from '../domain/fleet-budget.ts';
import type { Fetch } from './http.ts';

/** How long one call may wait in all for room in the minute's budget. */
type WaitBounds = Readonly<Record<Urgency, number>>;
/**
 * A refresh fills its share in a moment and then waits for the whole of the budget's minute, or two of them beside a
 * sweep: with less, no company that is larger than one minute's share would ever be read to its end.
 */
const defaultWaitBoundsMs: WaitBounds = { person: 2_500, background: 60_000, refresh: 150_000 };

/** What a header carries. Another key would surface as an error of the HTTP library, for each request. */
export function fitsIntoHeader(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** An http or https address that paths are appended to, without anything that would come after them or be a secret. */
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

/** Something that is worth a log line and does not change the outcome. Static message, no value that Fleet sent. */
export type OnOddity = (message: string, fields: Readonly<Record<string, string | number>>) => void;

interface FleetHooks {
  readonly onRequest: (report: RequestReport) => void;
  readonly onOddity: OnOddity;
}

/** By the time a hook is told, Fleet may have placed an order: a fault in telling must not turn that into an error. */
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
    // Nobody is left to tell.
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
/** Generous to writes: an answer that is given up leaves it open whether Fleet has done it. */
export const defaultTimeoutsMs: FleetTimeouts = { read: 8_000, write: 15_000 };

export type FleetSettings = Required<Omit<FleetClientOptions, keyof FleetHooks>> & { readonly hooks: FleetHooks };

/** Throws when the address or the key cannot be one; the text names neither. */
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
