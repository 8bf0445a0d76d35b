import type { Company } from '../../src/company.ts';
import type { Fleet, Urgency } from '../../src/fleet/fleet.ts';

/** One call of the app to Fleet: from asking for room in the minute's budget to the answer. */
interface FleetCall {
  readonly operation: string;
  readonly urgency: Urgency;
  readonly startedAt: number;
  /** Fleet's own answer takes milliseconds here, so this is when it was asked. */
  readonly time: number;
}

type Ask = (...args: unknown[]) => Promise<unknown>;

/** Who is waiting does not stand in a request: it is heard where the app asks for it. `around` is the instance's. */
export function callsByUrgency() {
  const calls: FleetCall[] = [];
  const around = (company: Company): Company => {
    const heard = Object.entries(company.context.fleet).map(([operation, ask]: [string, Ask]) => [
      operation,
      async (...args: unknown[]) => {
        const startedAt = Date.now();
        const answer = await ask(...args);
        // Every call ends with its urgency.
        calls.push({ operation, urgency: args.at(-1) as Urgency, startedAt, time: Date.now() });
        return answer;
      },
    ]);
    const fleet: Fleet = Object.fromEntries(heard);
    return { ...company, context: { ...company.context, fleet } };
  };
  return { calls, around };
}
