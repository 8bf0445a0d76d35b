/** Who is waiting. People come first; `refresh` is the part of the background work that fills caches. */
export type Urgency = 'person' | 'background' | 'refresh';

export interface BudgetRefusal {
  readonly ok: false;
  readonly retryAfterMs: number;
  /** The person who acted has used up their share; others still have room. */
  readonly isOwnShare?: true;
}

/** The key's requests per minute, shared by all instances in Redis. */
export interface FleetBudget {
  /** Takes one request out of the budget, or says how long to wait. */
  take(urgency: Urgency): Promise<{ readonly ok: true } | BudgetRefusal>;
  /** Fleet answered 429: no request goes out until this has passed. */
  pause(ms: number): Promise<void>;
}
