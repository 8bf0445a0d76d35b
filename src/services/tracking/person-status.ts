import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { standingOf } from '../../domain/tracking/client-status.ts';
import { draftReport, isToBeSent } from '../../domain/tracking/draft-report.ts';
import { followedStatus } from '../../domain/tracking/follow-order.ts';
import type { PersonStatus, StatusItem } from '../../domain/tracking/status-report.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { requestStanding } from './fleet-standing.ts';

const SHOWN = 20;
/** The newest that move; the others show what the last sweep recorded. */
const ASKED = 5;

/** A person's own cart, requests and orders, newest first, each with what Fleet says of it. */
export async function personStatus(context: ServiceContext, slackUserId: SlackUserId): Promise<PersonStatus> {
  const [draft, requests, waiting] = await Promise.all([
    context.store.draft(slackUserId),
    context.store.requestsBy(slackUserId, SHOWN + 1),
    context.store.requestsWaitingFor(slackUserId),
  ]);
  const shown = requests.slice(0, SHOWN);
  const asked = new Set(shown.filter(isOnItsWay).slice(0, ASKED));
  const items = await inChunks(shown, (request) => itemOf(context, request, asked.has(request)));
  return {
    draft: draft !== null && isToBeSent(draft) ? draftReport(draft) : null,
    items,
    hasOlder: requests.length > SHOWN,
    waiting: waiting.length,
  };
}

/** What is in use or over hardly moves: the sweep records it, and asking here would cost everybody a request each. */
function isOnItsWay(request: DeviceRequest): boolean {
  const status = followedStatus(request);
  return status !== null && standingOf(status).stage !== 'in_use';
}

async function itemOf(context: ServiceContext, request: DeviceRequest, isAsked: boolean): Promise<StatusItem> {
  return isAsked ? requestStanding(context, request) : { request, standing: { kind: 'not_asked' } };
}
