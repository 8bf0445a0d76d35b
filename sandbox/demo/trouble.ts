import type { FleetStandIn } from '../fleet/start.ts';
import type { SlackWorkspace } from '../slack/start.ts';

export interface Trouble {
  readonly id: string;
  readonly label: string;
  /** What people in Slack should notice. */
  readonly expect: string;
}

interface Switch extends Trouble {
  /** Returns a function that ends it. */
  on(slack: SlackWorkspace, fleet: FleetStandIn): () => void;
}

const switches: readonly Switch[] = [
  {
    id: 'fleet_slow',
    label: 'Fleet answers after 5 seconds',
    expect: 'Modals still open at once and fill in later.',
    on: (_slack, fleet) => fleet.faults.add({ operation: '*', kind: 'slow', ms: 5_000 }).remove,
  },
  {
    id: 'fleet_down',
    label: 'Fleet is down (503)',
    expect: 'Forms say so. Anything already accepted is retried until it succeeds.',
    on: (_slack, fleet) => fleet.faults.add({ operation: '*', kind: 'service_unavailable' }).remove,
  },
  {
    id: 'fleet_busy',
    label: 'Fleet is busy (429)',
    expect: 'The app waits as long as Fleet asks it to, then continues.',
    on: (_slack, fleet) => fleet.faults.add({ operation: '*', kind: 'rate_limited', seconds: 5 }).remove,
  },
  {
    id: 'validate_lost',
    label: 'Fleet places the order, then drops the connection',
    expect: 'The card never says “not ordered”, and nothing is ordered twice.',
    on: (_slack, fleet) => fleet.faults.add({ operation: 'validateCart', kind: 'reset_after_commit' }).remove,
  },
  {
    id: 'no_payment',
    label: 'Company has no payment method',
    expect: 'Approved requests go back to pending, and admins are notified.',
    on(_slack, fleet) {
      fleet.cockpit.removePaymentMethod();
      return () => fleet.cockpit.addPaymentMethod();
    },
  },
  {
    id: 'slack_busy',
    label: 'Slack is busy (429)',
    expect: 'Cards arrive late, but none are lost.',
    on: (slack) => slack.faults.on('*', { status: 429, retryAfter: 3 }),
  },
];

export interface Troubles {
  list(): readonly (Trouble & { readonly isOn: boolean })[];
  set(id: string, isOn: boolean): void;
}

export function createTroubles(slack: SlackWorkspace, fleet: FleetStandIn, changed: () => void): Troubles {
  const active = new Map<string, () => void>();
  return {
    list: () => switches.map(({ id, label, expect }) => ({ id, label, expect, isOn: active.has(id) })),
    set(id, isOn) {
      const wanted = switches.find((one) => one.id === id);
      if (wanted === undefined) throw new Error(`there is no switch ${id}`);
      if (isOn === active.has(id)) return;
      active.get(id)?.();
      active.delete(id);
      if (isOn) active.set(id, wanted.on(slack, fleet));
      changed();
    },
  };
}
