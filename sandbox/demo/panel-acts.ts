import type { FleetStandIn } from '../fleet/start.ts';
import type { SlackWorkspace } from '../slack/start.ts';
import type { PanelAct } from './act-requests.ts';
import type { AppControl } from './app-control.ts';
import type { Clock } from './clock.ts';
import type { Troubles } from './trouble.ts';

export interface PanelParts {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly app: AppControl;
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly changed: () => void;
}

export async function panelAct(
  act: PanelAct,
  { slack, fleet, app, clock, troubles, changed }: PanelParts,
): Promise<void> {
  switch (act.kind) {
    case 'trouble':
      troubles.set(act.id, act.isOn);
      break;
    case 'kill_app':
      await app.kill();
      break;
    case 'restart_app':
      await app.restart();
      break;
    case 'advance_order':
      advance(fleet, act.orderId, act.until);
      break;
    case 'move_clock':
      await clock.move(act.ms);
      break;
    case 'clear_violations':
      slack.violations.clear();
      break;
    default:
      act satisfies never;
  }
  changed();
}

/** Advances to the next status, or to the named one, as far as there is a next status. */
function advance(fleet: FleetStandIn, orderId: number, until: string | undefined): void {
  for (let before: string | null = null; ; ) {
    const now = fleet.cockpit.advance(orderId);
    if (until === undefined || now === until || now === before) return;
    before = now;
  }
}
