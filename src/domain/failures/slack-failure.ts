/** Why Slack did not do what was asked: what the app must tell apart, and nothing else. */
export type SlackFailure =
  /** The modal was closed, or the message does not exist (any more). */
  | { readonly kind: 'gone' }
  | { readonly kind: 'stale_view' }
  | { readonly kind: 'trigger_expired' }
  /** No membership, no such channel, archived. */
  | { readonly kind: 'cannot_post_there'; readonly error: string }
  /** Deactivated, unknown, or closed to the app. */
  | { readonly kind: 'cannot_reach_person'; readonly error: string }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** A payload that Slack refuses (`invalid_blocks`, too long): a fault of ours, or an image that does not load. */
  | { readonly kind: 'refused_payload'; readonly error: string; readonly details: readonly string[] }
  /** Token revoked, app uninstalled. */
  | { readonly kind: 'token_refused'; readonly error: string }
  /** Scope missing, or something in the workspace that the app is not let do. */
  | { readonly kind: 'not_allowed'; readonly error: string }
  | { readonly kind: 'unavailable' };
