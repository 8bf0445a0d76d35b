import type { FleetStanding } from '../../domain/tracking/status-report.ts';
import { literal } from '../text.ts';
import { clientStatusText, placeOnTheWay } from './client-status-text.ts';

/** What Fleet says of an order that is not ours; empty where it was not asked. mrkdwn. */
export function standingText(standing: FleetStanding): string {
  if (standing.kind !== 'order') return besideOurs(standing);
  const { clientStatus } = standing;
  return [`${clientStatusText(clientStatus)}${numberText(standing)}`, placeOnTheWay(clientStatus)]
    .filter((line) => line !== '')
    .join('\n');
}

/** What Fleet says beyond the status, which stands with our own request already: once is enough. mrkdwn. */
export function besideOurs(standing: FleetStanding): string {
  switch (standing.kind) {
    case 'not_asked':
      return '';
    case 'gone':
      return 'Fleet no longer has anything under this number.';
    case 'cart':
      return `In Fleet it is still a cart${named(standing.holds.names)}: nothing is ordered.`;
    case 'order':
      return numberText(standing).replace(/^ · /u, '');
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return standing satisfies never;
  }
}

function numberText({ orderNumber }: Extract<FleetStanding, { kind: 'order' }>): string {
  return orderNumber === null ? '' : ` · Fleet's order number ${literal(orderNumber, 60)}`;
}

function named(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null);
  return known.length === 0 ? '' : ` (${literal(known.join(', '), 300)})`;
}
