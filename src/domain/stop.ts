/** Work for the workspace stops: Slack took the token away, or the app was removed. Ends when Slack takes the token again. */
export interface Stop {
  readonly why: 'tokens_revoked' | 'app_uninstalled';
  readonly since: number;
}

/** How long a workspace's data outlives its token. */
export const KEPT_AFTER_REVOKING_MS = 30 * 24 * 60 * 60 * 1000;
