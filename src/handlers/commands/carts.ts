import { isCartFilter } from '../../domain/cart/cart-list.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { showCartList } from '../../presenters/lists.ts';
import { isAdmin } from '../../services/people/admins.ts';
import { sentence } from '../../views/notices.ts';
import { cartsForAdminsText, unknownCartFilterText } from '../../views/status/cart-list.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerAfterwards } from './answer-command.ts';
import type { CommandArgs } from './command-args.ts';
import { decoded } from './command-text.ts';

/** `/fleet carts [pending, stuck, all]` */
export function onCartsCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, tenant: Tenant, rest: string): Promise<void> => {
    const { user_id, response_url: responseUrl } = args.body;
    const slackUserId = user_id as SlackUserId;
    const typed = decoded(rest).toLowerCase();
    const filter = typed === '' ? 'open' : typed;
    await answerAfterwards(deps, tenant, args, async () => {
      if (isCartFilter(filter))
        return showCartList(tenant, filter, { slackUserId, responseUrl, page: 0, replaces: false });
      const text = (await isAdmin(tenant.context, slackUserId)) ? unknownCartFilterText(typed) : cartsForAdminsText;
      return tenant.slack.respond(responseUrl, { ...sentence(text), response_type: 'ephemeral' });
    });
  };
}
