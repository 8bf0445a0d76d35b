import type { InstalledWorkspace } from '../../src/app/workspace.ts';
import type { Urgency } from '../../src/domain/fleet-budget.ts';
import { wrapFleet } from '../../src/fleet/fleet.ts';

/** One call of the app to Fleet: from asking for room in the minute's budget to the answer. */
interface FleetCall {
  readonly operation: string;
  readonly urgency: Urgency;
  readonly startedAt: number;
  /** Fleet's own answer takes milliseconds here, so this is when it was asked. */
  readonly time: number;
}

/** Who is waiting does not stand in a request: it is heard where the app asks for it. `around` is the instance's. */
export function callsByUrgency() {
  const calls: FleetCall[] = [];
  const around = (workspace: InstalledWorkspace): InstalledWorkspace => {
    const fleet = wrapFleet(workspace.context.fleet, async (operation, ask, urgency) => {
      const startedAt = Date.now();
      const answer = await ask();
      calls.push({ operation, urgency, startedAt, time: Date.now() });
      return answer;
    });
    return { ...workspace, context: { ...workspace.context, fleet } };
  };
  return { calls, around };
}
