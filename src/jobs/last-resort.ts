import type { Work } from '../domain/work.ts';
import { changeTakesLongText, decisionTakesLongText, sentence } from '../views/notices.ts';
import type { JobTenant } from './job-tenant.ts';

/**
 * A job has failed several times in a row. It goes on being tried; here the people who wait for it hear that it is late,
 * and whether anything was ordered.
 */
export async function lastResort(work: Work, { context, slack }: JobTenant): Promise<void> {
  switch (work.kind) {
    case 'change_cart':
    case 'send_request':
      await slack.post(work.slackUserId, sentence(changeTakesLongText));
      return;
    case 'carry_out_approval':
    case 'look_up_unconfirmed': {
      const request = await context.store.request(work.requestId);
      if (request === null) return;
      const text = decisionTakesLongText(request.fleetOrderId);
      await slack.post(request.requester.slackUserId, sentence(text));
      await slack.post(request.approver.slackUserId, sentence(text));
      return;
    }
    case 'update_cards':
    case 'remind':
    case 'expire':
    case 'notify':
    case 'tell':
    case 'rebuild_request':
    case 'person_changed':
    case 'erase_workspace':
    case 'refresh_directory':
    case 'follow_orders':
    case 'publish_home':
      // Nobody waits for these in front of a screen, and telling goes through the same Slack that may be failing.
      context.log.error('a job keeps failing', { kind: work.kind });
      return;
    default:
      work satisfies never;
  }
}
