import type { Operation } from './vocabulary.ts';
import type { Call } from './world.ts';

/** Before: nothing changed in Fleet. After: it changed, but the answer is wrong, unclear or missing. */
export type Stage = 'before_commit' | 'after_commit';

type Where = {
  readonly operation: Operation | '*';
  /** How many times it applies; if left out, until it is removed. */
  readonly times?: number | 'always';
  /** The chance for each request, drawn from the seeded sequence. */
  readonly probability?: number;
  readonly seed?: number;
  /** Only the calls that this accepts, such as those for one order. */
  readonly when?: (call: Call) => boolean;
};

type What =
  | { readonly kind: 'slow'; readonly ms: number; readonly stage?: Stage }
  | { readonly kind: 'hang_before_commit' | 'hang_after_commit' }
  | { readonly kind: 'reset_before_commit' | 'reset_after_commit' }
  /** The status and half of the body arrive, then the answer stalls or the connection breaks. */
  | { readonly kind: 'hang_mid_body' | 'reset_mid_body' }
  | {
      readonly kind: 'rate_limited';
      /** How the wait is announced. `reset_*` and `nothing` leave out Retry-After. */
      readonly tell?: 'seconds' | 'http_date' | 'reset_only' | 'reset_epoch' | 'nothing';
      readonly seconds?: number;
    }
  | { readonly kind: 'server_error_before_commit' | 'server_error_after_commit'; readonly status?: number }
  | { readonly kind: 'service_unavailable'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'html'; readonly status?: 200 | 502; readonly stage?: Stage }
  | { readonly kind: 'broken_json' | 'empty_body'; readonly stage?: Stage }
  | { readonly kind: 'huge_body'; readonly bytes?: number }
  | { readonly kind: 'wrong_shape'; readonly shape?: 'no_data' | 'ids_as_strings' | 'data_is_a_list' }
  | { readonly kind: 'nulls' }
  /** A list's page holds fewer rows than `meta.limit` says. */
  | { readonly kind: 'page_capped'; readonly rows: number }
  /** The ids of one row of a page are null. */
  | { readonly kind: 'row_unreadable'; readonly at?: number }
  | { readonly kind: 'total_off'; readonly by: number }
  /** Somebody deleted an earlier row since the last page. `total` stays the same if another row came at the end. */
  | { readonly kind: 'row_left'; readonly total?: 'changes' | 'stays' }
  /** A read answers as it would have before the last change of each cart and order: a replica that is behind. */
  | { readonly kind: 'lag' }
  | { readonly kind: 'unknown_status'; readonly clientStatus?: string }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly stage?: Stage;
    };

export type Fault = Where & What;

export function stageOf(fault: Fault): Stage {
  switch (fault.kind) {
    case 'slow':
    case 'answer':
      return fault.stage ?? 'before_commit';
    case 'html':
    case 'broken_json':
    case 'empty_body':
      return fault.stage ?? 'after_commit';
    case 'hang_before_commit':
    case 'reset_before_commit':
    case 'server_error_before_commit':
    case 'rate_limited':
    case 'service_unavailable':
      return 'before_commit';
    case 'hang_after_commit':
    case 'reset_after_commit':
    case 'server_error_after_commit':
    case 'hang_mid_body':
    case 'reset_mid_body':
    case 'huge_body':
    case 'wrong_shape':
    case 'nulls':
    case 'lag':
    case 'unknown_status':
    case 'page_capped':
    case 'row_unreadable':
    case 'total_off':
    case 'row_left':
      return 'after_commit';
    default:
      return fault satisfies never;
  }
}
