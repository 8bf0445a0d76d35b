import type { FleetStanding } from '../domain/status-report.ts';
import { clientStatusText, placeOnTheWay } from './client-status-text.ts';
import { literal } from './text.ts';

/** What Fleet says right now; empty where it was not asked. mrkdwn. */
export function standingText(standing: FleetStanding): string {
  switch (standing.kind) {
    case 'not_asked':
      return '';
    case 'gone':
      return 'Fleet no longer has anything under this number.';
    case 'cart':
      return `In Fleet it is still a cart${named(standing.deviceNames)}: nothing is ordered.`;
    case 'order': {
      const number =
        standing.orderNumber === null ? '' : ` · Fleet's order number ${literal(standing.orderNumber, 60)}`;
      return `Now: ${clientStatusText(standing.clientStatus)}${number}\n${placeOnTheWay(standing.clientStatus)}`.trim();
    }
    default:
      return standing satisfies never;
  }
}

function named(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null);
  return known.length === 0 ? '' : ` (${literal(known.join(', '), 300)})`;
}
