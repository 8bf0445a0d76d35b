import type { Log } from '../services/context.ts';
import type { SlackFailure } from '../slack/slack.ts';

export interface CopiesOutcome {
  /** Null: everything that can be shown is shown. */
  readonly retryAfterMs: number | null;
  readonly approverUnreachable: boolean;
  /** Slack took a new card for the approver, which says nothing about whether anybody reads it. */
  readonly approverPosted: boolean;
  readonly isLeaseLost: boolean;
}

const UNAVAILABLE_MS = 5_000;
const NOT_ALLOWED_MS = 5 * 60_000;

/** What came of the copies together: each failure is taken for itself, and the longest wait counts. */
export class Outcomes {
  isLeaseLost = false;
  approverPosted = false;
  private retryAfterMs: number | null = null;
  private approverUnreachable = false;
  private readonly log: Log;

  constructor(log: Log) {
    this.log = log;
  }

  failed(failure: SlackFailure, what: 'post' | 'approver_post' | 'update'): void {
    switch (failure.kind) {
      case 'rate_limited':
        this.wait(failure.retryAfterMs);
        return;
      case 'unavailable':
        this.wait(UNAVAILABLE_MS);
        return;
      case 'not_allowed':
      case 'token_refused':
        this.log.warn('Slack does not let the app show a card', { error: failure.error });
        this.wait(NOT_ALLOWED_MS);
        return;
      case 'cannot_reach_person':
      case 'cannot_post_there':
        if (what === 'approver_post') this.approverUnreachable = true;
        else this.log.warn('a card cannot be shown', { kind: failure.kind, error: failure.error });
        return;
      case 'refused_payload':
        this.log.error('Slack refused a card', { error: failure.error, details: failure.details });
        return;
      case 'gone':
      case 'stale_view':
      case 'trigger_expired':
        this.log.warn('a card cannot be shown', { kind: failure.kind });
        return;
      default:
        failure satisfies never;
    }
  }

  sum(): CopiesOutcome {
    const { retryAfterMs, approverUnreachable, approverPosted, isLeaseLost } = this;
    return { retryAfterMs, approverUnreachable, approverPosted, isLeaseLost };
  }

  private wait(ms: number): void {
    if (this.retryAfterMs === null || ms > this.retryAfterMs) this.retryAfterMs = ms;
  }
}
