import type { SlackUserId } from '../../domain/ids.ts';
import { listNamed, readPageValue } from '../../presenters/lists.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { notShownText, unknownPressText } from '../../views/notices.ts';
import type { PressArgs } from '../card-press.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor } from '../waited-for.ts';

/** **Next** and **Previous** under a private list: the page takes the place of the one before. */
export function onTurnPage(deps: HandlerDeps) {
  return async ({ ack, action, body }: PressArgs, tenant: Tenant): Promise<void> => {
    await ack();
    const wanted = readPageValue(tenant, action.value);
    const show = wanted === null ? null : listNamed(wanted.list);
    if (wanted === null || show === null) return tellWhoActed(tenant, body, unknownPressText);
    const turn = async () => {
      const slackUserId = body.user.id as SlackUserId;
      const { page } = wanted;
      const shown = await show(tenant, { slackUserId, responseUrl: body.response_url, page, replaces: true });
      if (!shown.ok) await tellWhoActed(tenant, body, notShownText);
    };
    waitedFor(deps, tenant, 'turn a page', { body }, turn);
  };
}
