import type { KnownBlock } from '@slack/types';
import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackGroup } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { counted } from '../format.ts';
import { settingsFields as ids } from '../ids.ts';
import { limits } from '../limits.ts';
import { esc, literal, mrkdwn, plain } from '../text.ts';
import { choice, type FormState, fieldIn, settingField, textIn, valuesIn } from './fields.ts';

type PeopleSettings = Pick<Settings, 'approvers' | 'admins' | 'selfApproval'>;

const MOST_PEOPLE = 100;
const LONGEST_REASON = 300;

/** `groups` null: they cannot be listed, so they can be neither chosen nor taken away. */
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
      hint: "Who may sign. With nobody here and no group below, everybody with Fleet's role ADMIN may.",
      element: { type: 'multi_users_select', max_selected_items: MOST_PEOPLE, ...initialUsers(approvers.people) },
    }),
    ...groupField(approvers.userGroups, revision, groups),
    settingField({
      name: ids.admins,
      revision,
      label: 'Admins',
      hint: "Who may change settings and see every cart, beside Fleet's ADMINs. Messages to admins go to this list.",
      element: { type: 'multi_users_select', max_selected_items: MOST_PEOPLE, ...initialUsers(admins) },
    }),
    settingField({
      name: ids.selfApproval,
      revision,
      label: 'Approvers may sign their own requests, because',
      hint: 'Leave it empty and nobody signs their own request. The reason is shown to admins.',
      element: {
        type: 'plain_text_input',
        max_length: LONGEST_REASON,
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
  if (groups === null || groups.length === 0) return [small(noGroupsText(groups, chosen))];
  const listed = new Set(groups.map(({ id }) => id));
  // One that Slack does not list any more stays to be seen, and to be taken away.
  const gone = chosen.filter((id) => !listed.has(id)).map((id) => choice(`${id} (not in Slack any more)`, id));
  const isChosen = ({ id }: SlackGroup) => chosen.includes(id);
  const initial = [...gone, ...groups.filter(isChosen).map(({ id, name }) => choice(name, id))];
  const others = groups.filter((group) => !isChosen(group)).map(({ id, name }) => choice(name, id));
  // Slack shows so many: what is chosen comes first, since saving would drop what is not shown.
  const options = [...initial, ...others].slice(0, limits.options);
  return [
    settingField({
      name: ids.approverGroups,
      revision,
      label: 'Approver groups',
      hint: 'Everybody in these Slack user groups may sign too.',
      element: {
        type: 'multi_static_select',
        options,
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      },
    }),
  ];
}

function noGroupsText(groups: readonly SlackGroup[] | null, chosen: readonly string[]): string {
  if (groups !== null) return 'This workspace has no Slack user groups to choose from.';
  const kept =
    chosen.length === 0
      ? ''
      : ` What was chosen before (${counted(chosen.length, 'group')}) stays, and nobody counts as a member meanwhile.`;
  return `Slack user groups can be chosen once the app is given its optional permission usergroups:read, on a plan of Slack that has them.${kept}`;
}

/** What is on screen; a field that is not leaves its setting alone. */
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

/** For admins who are no Fleet `ADMIN`. */
export function peopleReadOnly({ approvers, admins, selfApproval }: PeopleSettings): KnownBlock[] {
  const own =
    selfApproval === null ? 'nobody' : `everybody who may sign, because: ${literal(selfApproval.reason, 300)}`;
  return [
    section(
      "Only somebody with Fleet's role *ADMIN* can change these, because they decide who can sign contracts for your company.",
    ),
    section(`*Approvers:* ${approversText(approvers)}`),
    section(`*Admins:* ${admins.length === 0 ? "Fleet's ADMINs" : mentions(admins)}`),
    section(`*Own requests are signed by* ${own}`),
  ];
}

/** mrkdwn. */
export function approversText({ people, userGroups }: Settings['approvers']): string {
  if (people.length === 0 && userGroups.length === 0) return "everybody with Fleet's role ADMIN";
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

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function small(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text, limits.sectionText)] };
}
