/**
 * A `breach` is something an app must never do. A `situation` is an error that a correct app can run into (a person
 * closed the modal, the bot is not in the channel): it is recorded, but does not fail a test.
 */
export interface Violation {
  at: number;
  severity: 'breach' | 'situation';
  rule: string;
  where: string;
  detail: string;
}

export interface Violations {
  list(filter?: { rule?: string; severity?: Violation['severity'] }): Violation[];
  breaches(): Violation[];
  /** Throws an error that describes every breach, except those whose rule is allowed. */
  assertNone(options?: { allow?: string[] }): void;
  clear(): void;
}

export interface ViolationKeeper extends Violations {
  note(violation: Omit<Violation, 'at'>): void;
}

export function createViolations(now: () => number, changed: () => void): ViolationKeeper {
  let kept: Violation[] = [];
  const breaches = (): Violation[] => kept.filter((violation) => violation.severity === 'breach');
  return {
    note(violation) {
      kept.push({ at: now(), ...violation });
      changed();
    },
    list: ({ rule, severity } = {}) =>
      kept.filter(
        (one) => (rule === undefined || one.rule === rule) && (severity === undefined || one.severity === severity),
      ),
    breaches,
    assertNone({ allow = [] } = {}) {
      const found = breaches().filter((violation) => !allow.includes(violation.rule));
      if (found.length === 0) return;
      const lines = found.map((violation) => `- ${violation.rule} (${violation.where}): ${violation.detail}`);
      throw new Error(`The app broke ${found.length} of Slack's rules:\n${lines.join('\n')}`);
    },
    clear() {
      kept = [];
    },
  };
}
