import type { KnownBlock } from '@slack/types';
import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackGroup } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { section, smallPrint } from '../blocks.ts';
import { settingsFields as ids } from '../ids.ts';
import { limits } from '../limits.ts';
import { counted, esc, literal } from '../text.ts';
import { choice, type FormState, fieldIn, settingField, textIn, valuesIn } from './fields.ts';

type PeopleSettings = Pick<Settings, 'approvers' | 'admins' | 'selfApproval'>;

const MAX_PEOPLE = 100;
const MAX_REASON = 300;

/** `groups` null: they can't be listed, so they can be neither added nor removed. */
export function peopleFields(
  settings: PeopleSettings,
  revision: number | null,
  groups: readonly SlackGroup[] | null,
): KnownBlock[] {
  const { approvers, admins, selfApproval } = settings;
  return [
    settingField({
      name: ids.approvers,
      revision,
      label: 'Approvers',
      hint: 'Leave empty, with no group below, for all Fleet admins.',
      element: { type: 'multi_users_select', max_selected_items: MAX_PEOPLE, ...initialUsers(approvers.people) },
    }),
    ...groupField(approvers.userGroups, revision, groups),
    settingField({
      name: ids.admins,
      revision,
      label: 'Admins',
      hint: 'Can change settings and see every cart, as Fleet admins can. Messages to admins go to this list.',
      element: { type: 'multi_users_select', max_selected_items: MAX_PEOPLE, ...initialUsers(admins) },
    }),
    settingField({
      name: ids.selfApproval,
      revision,
      label: 'Reason to allow self-approval',
      hint: 'Leave empty so that no one can approve their own request. Admins see the reason.',
      element: {
        type: 'plain_text_input',
        max_length: MAX_REASON,
        ...(selfApproval === null ? {} : { initial_value: selfApproval.reason }),
      },
    }),
  ];
}

function groupField(
  chosen: readonly string[],
  revision: number | null,
  groups: readonly SlackGroup[] | null,
): KnownBlock[] {
  if (groups === null || groups.length === 0) return [smallPrint(noGroupsText(groups, chosen))];
  const listed = new Set(groups.map(({ id }) => id));
  // A group that Slack no longer lists stays visible, so that it can be removed.
  const gone = chosen.filter((id) => !listed.has(id)).map((id) => choice(`${id} (no longer in Slack)`, id));
  const isChosen = ({ id }: SlackGroup) => chosen.includes(id);
  const initial = [...gone, ...groups.filter(isChosen).map(({ id, name }) => choice(name, id))];
  const others = groups.filter((group) => !isChosen(group)).map(({ id, name }) => choice(name, id));
  // Slack limits the options: chosen ones come first, because saving drops what isn't shown.
  const options = [...initial, ...others].slice(0, limits.options);
  return [
    settingField({
      name: ids.approverGroups,
      revision,
      label: 'Approver groups',
      hint: 'Everyone in these Slack user groups can approve too. In Slack, whoever can edit a group decides who is in it: workspace admins, and in some workspaces every member.',
      element: {
        type: 'multi_static_select',
        options,
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      },
    }),
  ];
}

function noGroupsText(groups: readonly SlackGroup[] | null, chosen: readonly string[]): string {
  if (groups !== null) return 'This workspace has no Slack user groups.';
  const kept =
    chosen.length === 0
      ? ''
      : ` The ${counted(chosen.length, 'group')} chosen before stay, but no one counts as a member for now.`;
  return `To choose Slack user groups, give the app its optional permission usergroups:read on a Slack plan that has them.${kept}`;
}

/** A field that isn't on screen leaves its setting alone. */
export function readPeople(form: FormState, settings: PeopleSettings): Partial<Settings> {
  const people = fieldIn(form, ids.approvers)?.state.selected_users as readonly SlackUserId[] | undefined;
  const admins = fieldIn(form, ids.admins)?.state.selected_users as readonly SlackUserId[] | undefined;
  const hasGroups = fieldIn(form, ids.approverGroups) !== null;
  const reason = textIn(form, ids.selfApproval);
  return {
    approvers: {
      people: people ?? settings.approvers.people,
      userGroups: hasGroups ? valuesIn(form, ids.approverGroups) : settings.approvers.userGroups,
    },
    admins: admins ?? settings.admins,
    selfApproval: reason === '' ? null : { reason },
  };
}

/** For admins without Fleet's role `ADMIN`. */
export function peopleReadOnly({ approvers, admins, selfApproval }: PeopleSettings): KnownBlock[] {
  const own = selfApproval === null ? 'off' : `allowed, because: ${literal(selfApproval.reason, 300)}`;
  return [
    section('Only Fleet admins can change these, because they decide who can sign contracts for your company.'),
    section(`*Approvers:* ${approversText(approvers)}`),
    section(`*Admins:* ${admins.length === 0 ? 'all Fleet admins' : mentions(admins)}`),
    section(`*Self-approval:* ${own}`),
  ];
}

/** mrkdwn. */
export function approversText({ people, userGroups }: Settings['approvers']): string {
  if (people.length === 0 && userGroups.length === 0) return 'all Fleet admins';
  const groups = userGroups.length === 0 ? [] : [counted(userGroups.length, 'Slack user group')];
  return [...(people.length === 0 ? [] : [mentions(people)]), ...groups].join(', ');
}

export function mentions(people: readonly SlackUserId[]): string {
  const shown = people.slice(0, 20).map((one) => `<@${esc(one)}>`);
  return people.length > 20 ? `${shown.join(', ')} and ${people.length - 20} more` : shown.join(', ');
}

function initialUsers(people: readonly SlackUserId[]) {
  return people.length === 0 ? {} : { initial_users: [...people] };
}
