import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import type { SlackGroup } from '../../../src/domain/people/people.ts';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import { message, modal } from '../../../src/views/guard.ts';
import {
  approversText,
  mentions,
  peopleFields,
  peopleReadOnly,
  readPeople,
} from '../../../src/views/settings/people.ts';
import { wordsOfMessage, wordsOfModal } from '../taken-by-slack.ts';
import { aForm, asShown, fieldOf } from './a-form.ts';

const who = (count: number) => Array.from({ length: count }, (_, index) => `U0P${index}` as SlackUserId);
const chosen: Pick<Settings, 'approvers' | 'admins' | 'selfApproval'> = {
  approvers: { people: who(2), userGroups: ['S0BOARD', 'S0GONE'] },
  admins: who(1),
  selfApproval: { reason: 'One <!here> founder' },
};
const board: SlackGroup = { id: 'S0BOARD', name: 'Board' };
const fields = (over: Partial<Settings>, groups: readonly SlackGroup[] | null) => {
  const blocks = peopleFields({ ...defaultSettings, ...over }, 7, groups);
  wordsOfModal(modal({ callbackId: 'settings', title: 'Approvers', submit: 'Save', blocks }));
  return blocks;
};

describe('the fields of who may sign', () => {
  it('are empty while nobody is named', () => {
    const blocks = fields({}, [board]);

    expect(fieldOf(blocks, 'approvers')).not.toHaveProperty('initial_users');
    expect(fieldOf(blocks, 'approver_groups')).not.toHaveProperty('initial_options');
    expect(fieldOf(blocks, 'settings_admins')).not.toHaveProperty('initial_users');
    expect(fieldOf(blocks, 'self_approval_reason')).not.toHaveProperty('initial_value');
  });

  it('show who is named, also a group that Slack does not list any more', () => {
    const blocks = fields(chosen, [board, { id: 'S0IT', name: 'IT' }]);

    expect(fieldOf(blocks, 'approvers')).toHaveProperty('initial_users', who(2));
    expect(fieldOf(blocks, 'approver_groups')).toMatchObject({
      initial_options: [
        { text: { text: 'S0GONE (no longer in Slack)' }, value: 'S0GONE' },
        { text: { text: 'Board' }, value: 'S0BOARD' },
      ],
      options: [{ value: 'S0GONE' }, { value: 'S0BOARD' }, { value: 'S0IT' }],
    });
    expect(fieldOf(blocks, 'settings_admins')).toHaveProperty('initial_users', who(1));
    expect(fieldOf(blocks, 'self_approval_reason')).toHaveProperty('initial_value', 'One <!here> founder');
    expect(readPeople(asShown(blocks), defaultSettings)).toEqual({
      ...chosen,
      approvers: { people: who(2), userGroups: ['S0GONE', 'S0BOARD'] },
    });
  });

  it('lose no chosen group however many Slack lists', () => {
    const groups = Array.from({ length: 150 }, (_, index) => ({ id: `S0G${index}`, name: `Group ${index}` }));
    const approvers = { people: [], userGroups: ['S0G149'] };

    const blocks = fields({ approvers }, groups);

    expect(fieldOf(blocks, 'approver_groups')).toHaveProperty('options.length', 100);
    expect(readPeople(asShown(blocks), defaultSettings).approvers).toEqual(approvers);
  });

  it('say who can change the groups of Slack, and with them who signs', () => {
    const blocks = fields({}, [{ id: 'S1', name: 'Buyers' }]);

    expect(blocks.find((block) => 'hint' in block && block.hint?.text.includes('whoever can edit'))).toBeDefined();
  });

  const once =
    'To choose Slack user groups, give the app its optional permission usergroups:read on a Slack plan that has them.';
  it.each([
    ['cannot be listed', {}, null, once],
    [
      'cannot be listed any more',
      chosen,
      null,
      `${once} The 2 groups chosen before stay, but no one counts as a member for now.`,
    ],
    ['do not exist', {}, [], 'This workspace has no Slack user groups.'],
  ])('say why no group can be chosen where they %s', (_, over, groups, why) => {
    expect(fields(over, groups)[1]).toMatchObject({ type: 'context', elements: [{ text: why }] });
  });
});

describe('who may sign as it is sent', () => {
  it('leaves alone what is not on screen', () => {
    expect(readPeople(aForm({ self_approval_reason: { value: ' Founder ' } }), chosen)).toEqual({
      ...chosen,
      selfApproval: { reason: 'Founder' },
    });
  });

  it('can be nobody: then it is Fleet’s ADMINs again, and nobody signs for themselves', () => {
    const form = aForm({
      approvers: { selected_users: [] },
      approver_groups: { selected_options: [] },
      settings_admins: { selected_users: [] },
      self_approval_reason: { value: null },
    });

    expect(readPeople(form, chosen)).toEqual({
      approvers: { people: [], userGroups: [] },
      admins: [],
      selfApproval: null,
    });
  });
});

describe('for admins who may not change it', () => {
  const shows = (settings: Parameters<typeof peopleReadOnly>[0]) =>
    wordsOfMessage(message('Approvers', peopleReadOnly(settings))).slice(1);

  it('stands who signs, who administers, and whether anybody signs for themselves', () => {
    expect(shows(defaultSettings)).toEqual([
      '*Approvers:* all Fleet admins',
      '*Admins:* all Fleet admins',
      '*Self-approval:* off',
    ]);
    expect(shows({ ...chosen, approvers: { people: who(2), userGroups: [] } })).toEqual([
      '*Approvers:* <@U0P0>, <@U0P1>',
      '*Admins:* <@U0P0>',
      '*Self-approval:* allowed, because: One &lt;!here&gt; founder',
    ]);
  });
});

describe('people in a sentence', () => {
  it('are twenty at most, and then how many more', () => {
    expect(mentions(who(20)).split(', ')).toHaveLength(20);
    expect(mentions(who(20))).not.toContain('more');
    expect(mentions(who(23))).toMatch(/, <@U0P19> and 3 more$/u);
  });

  it('stand beside the groups', () => {
    expect(approversText({ people: [], userGroups: ['S0BOARD', 'S0IT'] })).toBe('2 Slack user groups');
    expect(approversText({ people: who(1), userGroups: ['S0BOARD'] })).toBe('<@U0P0>, 1 Slack user group');
  });
});
