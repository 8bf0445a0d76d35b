import { FleetUserId, parseFleetId, type SlackUserId } from '../../domain/ids.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { linkPerson, unlinkPerson } from '../../services/people/link-person.ts';
import { notDoneText, sentence } from '../../views/notices.ts';
import {
  linkedText,
  linkRefusalText,
  linkUsageText,
  notLinkedText,
  unlinkedText,
  unlinkUsageText,
} from '../../views/people/link-text.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import type { CommandArgs } from './command-args.ts';

/** `should_escape` makes `<@U1|anna>` of what was picked as @anna; what was merely typed names nobody for certain. */
const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(?:\s+([\s\S]+))?$/u;
/** Slack waits three seconds: what takes longer is answered afterwards. */
const LONGEST_MS = 2_200;

/** `/fleet link @person 123` */
export function onLinkCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, tenant: Tenant, rest: string): Promise<void> => {
    const [, slackUserId, number = ''] = PERSON.exec(rest.trim()) ?? [];
    const fleetUserId = parseFleetId(FleetUserId, number.trim());
    if (slackUserId === undefined || fleetUserId === null) return say(args, linkUsageText);
    const by = args.body.user_id as SlackUserId;
    const asked = { by, slackUserId: slackUserId as SlackUserId, fleetUserId };
    await answer(deps, args, tenant, async () => {
      const linked = await linkPerson(tenant.context, asked);
      return linked.kind === 'linked' ? linkedText(linked.link, linked.fleetPerson) : linkRefusalText(linked.refusal);
    });
  };
}

/** `/fleet unlink @person` */
export function onUnlinkCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, tenant: Tenant, rest: string): Promise<void> => {
    const [, slackUserId, more] = PERSON.exec(rest.trim()) ?? [];
    if (slackUserId === undefined || more !== undefined) return say(args, unlinkUsageText);
    const by = args.body.user_id as SlackUserId;
    await answer(deps, args, tenant, async () => {
      const unlinked = await unlinkPerson(tenant.context, { by, slackUserId: slackUserId as SlackUserId });
      if (unlinked.kind === 'unlinked') return unlinkedText(unlinked.link);
      return unlinked.kind === 'not_linked'
        ? notLinkedText(slackUserId as SlackUserId)
        : linkRefusalText(unlinked.refusal);
    });
  };
}

/** The acknowledgement itself carries what was done, unless Slack was slow to say who somebody is. */
async function answer(deps: HandlerDeps, args: CommandArgs, tenant: Tenant, act: () => Promise<string>): Promise<void> {
  const acting = act();
  const text = await withTimeout(tenant.context.sleep, LONGEST_MS, acting);
  if (text !== null) await say(args, text);
  else {
    await args.ack();
    deps.inBackground(
      'answer about a link',
      acting.catch(notDoneText).then((late) => tellWhoActed(tenant, args.body, late)),
    );
  }
  deps.hurry();
}

async function say({ ack }: CommandArgs, text: string): Promise<void> {
  await ack({ ...sentence(text), response_type: 'ephemeral' });
}
