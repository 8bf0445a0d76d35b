import type { SlackWorkspace } from '../../sandbox/slack/start.ts';
import { noticeMessage } from '../../src/views/notice-message.ts';
import type { Durable } from './durable.ts';

/** Asked when no process is alive: whom Slack has shown what our records still call undone. One id for each message. */
export async function postedAndNotRecorded(
  slack: SlackWorkspace,
  { store, work }: Durable,
): Promise<readonly string[]> {
  const twice: string[] = [];
  for (const one of await work()) {
    if (one.kind !== 'notify' || one.to.kind !== 'person') continue;
    const { text } = noticeMessage(one.notice);
    const { slackUserId } = one.to;
    const messages = slack.person(slackUserId).messagesIn();
    if (messages.some((message) => message.fallback.includes(text))) twice.push(slackUserId);
  }
  for (const request of await store.openRequests()) {
    const copies = await store.copies(request.id);
    for (const { slackUserId } of [request.requester, request.approver]) {
      const cards = slack
        .person(slackUserId)
        .messagesIn()
        .filter((message) => message.buttons().length > 0);
      const unknown = cards.filter(({ ts }) => copies.every((copy) => copy.ts !== ts));
      // An orphan of an earlier death is there already.
      if (copies.every((copy) => copy.slackUserId !== slackUserId) && unknown.length > 0) twice.push(slackUserId);
    }
  }
  return twice;
}
