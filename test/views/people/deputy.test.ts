import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import {
  deputyBlocks,
  deputyErrors,
  deputyModal,
  deputyNamedText,
  deputyTitle,
  readDeputy,
} from '../../../src/views/people/deputy.ts';
import { SENT_AT } from '../../domain/a-request.ts';
import { wordsOfModal } from '../taken-by-slack.ts';

describe('the modal that names a deputy', () => {
  it('asks for who and until when', () => {
    expect(wordsOfModal(deputyModal())).toEqual([
      'Backup',
      'Must be an approver. They are asked instead of you, and approve in their own name.',
      'Last day away',
    ]);
  });

  it('is read back; what is not there is nobody and no day', () => {
    const chosen = {
      deputy: { deputy: { selected_user: 'U0DAN' } },
      last_day_away: { last_day_away: { selected_date: '2026-12-24' } },
    };

    expect(readDeputy(chosen)).toEqual({ deputy: 'U0DAN', lastDay: '2026-12-24' });
    expect(readDeputy({ deputy: { deputy: { selected_user: null } } })).toEqual({ deputy: '', lastDay: '' });
    expect(readDeputy({})).toEqual({ deputy: '', lastDay: '' });
  });

  it.each([
    ['day_is_over', { last_day_away: 'This day has passed. Choose a later one.' }],
    ['oneself', { deputy: 'Choose someone else.' }],
    ['own_request', { deputy: 'Choose someone else.' }],
    ['not_eligible', { deputy: "This person isn't an approver. Choose someone else." }],
    ['not_matched', { deputy: "We couldn't check who can approve. Try again in a minute." }],
    ['eligibility_unknown', { deputy: "We couldn't check who can approve. Try again in a minute." }],
  ] as const)('says at the field what %s means', (kind, errors) => {
    expect(deputyErrors(kind)).toEqual(errors);
  });
});

describe('who is asked in whose place', () => {
  it('is said with the end of it, the name taken literally', () => {
    expect(deputyNamedText('Dan <!here>', SENT_AT)).toMatch(
      /^Until <!date\^.*>, Dan &lt;!here&gt; is asked instead of you, also for requests waiting now\. .*ends it sooner\.$/u,
    );
  });

  it('stands below what waits, with the button that changes it', () => {
    expect(deputyBlocks(null)).toMatchObject([
      { elements: [{ action_id: 'name_deputy', text: { text: deputyTitle } }] },
    ]);
    expect(deputyBlocks({ slackUserId: 'U0DAN' as SlackUserId, until: SENT_AT })).toMatchObject([
      { elements: [{ text: expect.stringMatching(/^Until .* <@U0DAN> is asked instead of you\.$/u) }] },
      { elements: [{ action_id: 'end_deputy', text: { text: "I'm back" } }] },
    ]);
  });
});
