import type { Order, OrderLine } from '../fleet/model.ts';
import type { FleetStandIn } from '../fleet/start.ts';
import type { SlackWorkspace } from '../slack/start.ts';
import type { AppControl } from './app-control.ts';
import type { Clock } from './clock.ts';
import { factsOfFirstSteps } from './facts-of-first-steps.ts';
import { firstSteps } from './first-steps.ts';
import { firstRoles } from './parts.ts';
import type { LinePicture, OrderPicture, PanelPicture } from './picture-types.ts';
import type { Troubles } from './trouble.ts';

export interface PanelSources {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly app: AppControl;
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly store: 'embedded' | 'redis';
  readonly log: readonly string[];
}

const VIOLATIONS_SHOWN = 100;

export function panelPicture({ slack, fleet, app, clock, troubles, store, log }: PanelSources): PanelPicture {
  return {
    now: clock.now(),
    clockOffsetMs: clock.offsetMs(),
    store,
    app: app.status(),
    log: [...log],
    firstSteps: firstSteps(factsOfFirstSteps(slack.state.snapshot(), fleet), firstRoles),
    orders: [...fleet.carts(), ...fleet.orders()].map((order) => orderPicture(fleet, order)).reverse(),
    violations: slack.violations.list().slice(-VIOLATIONS_SHOWN).reverse(),
    troubles: troubles.list(),
  };
}

function orderPicture(fleet: FleetStandIn, order: Order): OrderPicture {
  return {
    id: order.id,
    status: order.clientStatus,
    purchaser: nameOf(fleet, order.purchaserId),
    signatory: nameOf(fleet, order.validations.at(-1)?.signatoryId ?? null),
    mode: order.acquisitionMode,
    lines: linesOf(fleet, order.lines),
    validations: order.validations.length,
    updatedAt: order.updatedAt,
  };
}

/** Groups identical lines into one row, because Fleet has no quantity. */
function linesOf(fleet: FleetStandIn, lines: readonly OrderLine[]): LinePicture[] {
  const rows = new Map<string, LinePicture>();
  for (const line of lines) {
    const details = [
      line.deliveryCountry,
      line.keyboardLayout,
      line.userId === null ? 'not assigned yet' : `for ${nameOf(fleet, line.userId)}`,
      line.shippingAddressId === null ? 'company default address' : `address ${line.shippingAddressId}`,
    ].filter((part) => part !== null);
    const row = {
      name: line.name ?? 'unnamed',
      count: 1,
      details: details.join(' · '),
      price: `${line.amount.toFixed(2)} ${line.currency}`,
    };
    const key = JSON.stringify([line.productId, row.name, row.details, row.price]);
    rows.set(key, { ...row, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  return [...rows.values()];
}

function nameOf(fleet: FleetStandIn, fleetUserId: number | null): string | null {
  if (fleetUserId === null) return null;
  const user = fleet.state.users.get(fleetUserId);
  const name = [user?.first_name, user?.last_name].filter((part) => part !== null && part !== undefined).join(' ');
  return name === '' ? `user ${fleetUserId}` : name;
}
