import type { JournalEntry as FleetEntry } from '../fleet/journal.ts';
import type { FleetStandIn } from '../fleet/start.ts';
import type { JournalEntry as SlackEntry } from '../slack/journal.ts';
import { list, obj, str } from '../slack/json.ts';
import type { SlackWorkspace } from '../slack/start.ts';
import type { ExchangePicture } from './picture-types.ts';

export interface Exchanges {
  /** What is new or changed since the cursor; a Fleet request appears once it has its answer. */
  since(cursor: Cursor): { exchanges: ExchangePicture[]; cursor: Cursor };
}

export interface Cursor {
  readonly slack: number;
  readonly fleet: number;
}

export const fromTheStart: Cursor = { slack: 0, fleet: 0 };
const MOST = 300;
/** After this time, an unanswered request is shown without its answer. */
const OPEN_FOR_MS = 30_000;

export function createExchanges(slack: SlackWorkspace, fleet: FleetStandIn, now: () => number): Exchanges {
  return {
    since(cursor) {
      const slackNew = slack.journal.entries().filter(({ id }) => id > cursor.slack);
      const fleetAll = fleet.journal.entries();
      const fleetNew = fleetAll.slice(cursor.fleet);
      const youngerThan = now() - OPEN_FOR_MS;
      const isOpen = (entry: FleetEntry): boolean => entry.durationMs === null && entry.time > youngerThan;
      const firstOpen = fleetNew.findIndex(isOpen);
      const exchanges = [
        ...slackNew.slice(-MOST).map(ofSlack),
        ...fleetNew.map((entry, index) => ofFleet(entry, cursor.fleet + index)).slice(-MOST),
      ].sort((one, other) => one.at - other.at);
      return {
        exchanges,
        cursor: {
          slack: slackNew.at(-1)?.id ?? cursor.slack,
          // From the first that is still waiting: it appears again, with the same id, once it is answered.
          fleet: firstOpen === -1 ? fleetAll.length : cursor.fleet + firstOpen,
        },
      };
    },
  };
}

function ofSlack(entry: SlackEntry): ExchangePicture {
  const toApp = entry.direction === 'to_app';
  return {
    id: `s${entry.id}`,
    at: entry.at,
    from: toApp ? 'Slack' : 'App',
    to: toApp ? 'App' : 'Slack',
    title: entry.route,
    detail: toApp ? deliveryDetail(obj(entry.payload)) : callDetail(obj(entry.payload)),
    status: entry.status,
    ms: entry.ms,
    sent: entry.payload,
    answer: entry.answer,
    note: str(obj(entry.answer).error) ?? '',
  };
}

function deliveryDetail(payload: Record<string, unknown>): string {
  const command = str(payload.command);
  if (command !== undefined) return `${command} ${str(payload.text) ?? ''}`.trim();
  const action = obj(list(payload.actions)[0]);
  return (
    str(action.action_id) ??
    str(payload.action_id) ??
    str(obj(payload.event).type) ??
    str(payload.callback_id) ??
    str(obj(payload.view).callback_id) ??
    ''
  );
}

function callDetail(args: Record<string, unknown>): string {
  return str(obj(args.view).callback_id) ?? str(args.channel) ?? str(args.user) ?? '';
}

function ofFleet(entry: FleetEntry, index: number): ExchangePicture {
  const query = Object.entries(entry.query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return {
    id: `f${index}`,
    at: entry.time,
    from: 'App',
    to: 'Fleet',
    title: `${entry.method} ${entry.path.replace('/platform/v1', '')}`,
    detail: query,
    status: entry.status,
    ms: entry.durationMs,
    sent: entry.body,
    answer: undefined,
    note: entry.faults.join(', '),
  };
}
