/** Who is waiting. People come first in the minute's budget; `refresh` is the part of background that fills caches. */
export type Urgency = 'person' | 'background' | 'refresh';

/** The key's requests per minute, shared by all instances. Kept in Redis; the adapter only asks and reports. */
export interface FleetBudget {
  /** May one request go out now? Otherwise how long to wait. */
  take(urgency: Urgency): Promise<{ readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }>;
  /** Fleet said 429: nobody asks before this has passed. */
  pause(ms: number): Promise<void>;
}
