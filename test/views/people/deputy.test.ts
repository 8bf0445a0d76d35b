import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import {
  deputyBlocks,
  deputyErrors,
  deputyModal,
  deputyNamedText,
  readDeputy,
} from '../../../src/views/people/deputy.ts';
import { SENT_AT } from '../../domain/a-request.ts';
import { wordsOfModal } from '../taken-by-slack.ts';

describe('the modal that names a deputy', () => {
  it('asks for who and until when', () => {
    expect(wordsOfModal(deputyModal())).toEqual([
      'Deputy',
      'Somebody who may sign. They are asked in your place, and sign in their own name.',
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
    ['day_is_over', { last_day_away: 'This day is over: please choose a later one.' }],
    ['oneself', { deputy: 'Please choose somebody else.' }],
    ['own_request', { deputy: 'Please choose somebody else.' }],
    ['not_eligible', { deputy: 'This person may not sign: please choose somebody else.' }],
    ['not_matched', { deputy: 'It is not clear just now who may sign: please try again in a minute.' }],
    ['eligibility_unknown', { deputy: 'It is not clear just now who may sign: please try again in a minute.' }],
  ] as const)('says at the field what %s means', (kind, errors) => {
    expect(deputyErrors(kind)).toEqual(errors);
  });
});

describe('who is asked in whose place', () => {
  it('is said with the end of it, the name taken literally', () => {
    expect(deputyNamedText('Dan <!here>', SENT_AT)).toMatch(
      /^Until <!date\^.*> Dan &lt;!here&gt; is asked in your place, also for what waits for you now\. .*ends it sooner\.$/u,
    );
  });

  it('stands below what waits, with the button that changes it', () => {
    expect(deputyBlocks(null)).toMatchObject([
      { elements: [{ action_id: 'name_deputy', text: { text: 'I will be away' } }] },
    ]);
    expect(deputyBlocks({ slackUserId: 'U0DAN' as SlackUserId, until: SENT_AT })).toMatchObject([
      { elements: [{ text: expect.stringMatching(/^Until .* <@U0DAN> is asked in your place\.$/u) }] },
      { elements: [{ action_id: 'end_deputy', text: { text: 'I am back' } }] },
    ]);
  });
});
