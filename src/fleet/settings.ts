import type { FleetBudget } from '../domain/fleet-budget.ts';
import type { Fetch } from './fetch.ts';
import { type FleetHooks, harmless } from './hooks.ts';
import { fitsIntoHeader, isPlainAddress } from './key-and-address.ts';
import { defaultWaitBoundsMs, type WaitBounds } from './retry.ts';

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
    hooks: harmless(options),
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
