import type { Slack, SlackResult } from '../slack/slack.ts';
import type { WithTable } from '../views/status/cart-list.ts';

/**
 * The one place where a table is sent. Tables reach workspaces one after the other, and an older one refuses the whole
 * message, each with words of its own or none: the same goes out once more as plain sections, whatever it said.
 */
export async function respondWithTable(
  slack: Slack,
  responseUrl: string,
  shown: WithTable,
  how: { readonly replace_original?: boolean } = {},
): Promise<SlackResult<void>> {
  const answered = await slack.respond(responseUrl, { ...shown.table, ...how, response_type: 'ephemeral' });
  if (answered.ok || answered.failure.kind === 'rate_limited') return answered;
  return slack.respond(responseUrl, { ...shown.plain, ...how, response_type: 'ephemeral' });
}
