import { isKnownClientStatus, type KnownClientStatus } from '../../domain/failures/fleet-words.ts';
import { standingOf, type WayStage, wayStages } from '../../domain/tracking/client-status.ts';
import { literal } from '../text.ts';

/** The icon only repeats what the words say: nobody has to see it to know. */
const words: Readonly<Record<KnownClientStatus, { readonly icon: string; readonly text: string }>> = {
  RECEIVED: { icon: '📥', text: 'Received by Fleet' },
  BEING_PROCESSED: { icon: '🔄', text: 'Being processed by Fleet' },
  FINANCING_REQUEST: { icon: '🏦', text: 'Financing is being arranged' },
  DOC_REQUIRED: { icon: '📄', text: 'Fleet needs a document' },
  SIGNING: { icon: '✍️', text: 'The contract waits for a signature' },
  PROCESSING: { icon: '🛠️', text: 'Being prepared' },
  SHIPPED: { icon: '🚚', text: 'Shipped' },
  RECEPTION_TO_CONFIRM: { icon: '📦', text: 'Delivered: reception to be confirmed' },
  ONGOING_ORDER: { icon: '✅', text: 'Delivered and running' },
  PENDING_DECISION: { icon: '⏳', text: 'Fleet waits for a decision' },
  EQUIPMENT_TO_SEND: { icon: '↩️', text: 'Equipment to be sent' },
  ARCHIVED: { icon: '🗄️', text: 'Archived' },
  FAILED: { icon: '❌', text: 'Failed' },
  UNKNOWN: { icon: '❔', text: 'Fleet does not say where it stands' },
};

const stageNames: Readonly<Record<WayStage, string>> = {
  received: 'Received',
  paperwork: 'Paperwork',
  preparing: 'Preparing',
  shipping: 'On its way',
  in_use: 'In use',
  closed: 'Closed',
};

/** "🚚 Shipped". A status that is newer than this code is shown as it comes, escaped. mrkdwn. */
export function clientStatusText(clientStatus: string): string {
  if (!isKnownClientStatus(clientStatus)) return `❔ ${literal(clientStatus, 60) || 'No status'}`;
  const { icon, text } = words[clientStatus];
  return `${icon} ${text}`;
}

/** "Received → Paperwork → Preparing → *On its way* → In use", empty where Fleet does not say. mrkdwn. */
export function placeOnTheWay(clientStatus: string): string {
  const { stage } = standingOf(clientStatus);
  if (stage === null) return '';
  if (stage === 'closed') return `*${stageNames.closed}*`;
  return wayStages
    .filter((one) => one !== 'closed')
    .map((one) => (one === stage ? `*${stageNames[one]}*` : stageNames[one]))
    .join(' → ');
}
