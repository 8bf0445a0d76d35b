import type { FleetFailure, FleetOperation } from '../domain/failures/fleet-failure.ts';
import type { Urgency } from '../domain/fleet-budget.ts';

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

export interface FleetHooks {
  readonly onRequest: (report: RequestReport) => void;
  readonly onOddity: OnOddity;
}

/** By the time a hook is told, Fleet may have placed an order: a fault in telling must not turn that into an error. */
export function harmless(hooks: Partial<FleetHooks>): FleetHooks {
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
