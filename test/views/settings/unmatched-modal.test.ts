import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../../src/domain/ids.ts';
import type { NoMatch } from '../../../src/domain/people/people.ts';
import { unmatchedModal } from '../../../src/views/people/link.ts';
import { wordsOfModal } from '../taken-by-slack.ts';

const person = (index: number, kind: NoMatch['kind'] = 'no_match') => ({
  slackUserId: `U0P${index}` as SlackUserId,
  why: { kind },
});
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));
const link = (index: number) => ({
  slackUserId: `U0L${index}` as SlackUserId,
  fleetUserId: (100 + index) as FleetUserId,
  by: 'U0DAN' as SlackUserId,
  at: 1,
});

describe('people without a Fleet user', () => {
  it('are named with why, below what to do about it', () => {
    const shown = [person(1), person(2, 'two_matches'), person(3, 'email_hidden')];

    expect(wordsOfModal(unmatchedModal(shown, []))).toEqual([
      expect.stringContaining('Add their email in Fleet, or link them with `/fleet link @person 123`.'),
      '<@U0P1>: no Fleet user has their email.',
      '<@U0P2>: several Fleet users have their email.',
      "<@U0P3>: we can't see their email in Slack.",
    ]);
  });

  it('may be nobody', () => {
    expect(wordsOfModal(unmatchedModal([], []))).toEqual([expect.any(String), 'No one right now.']);
  });

  it('are forty at most, and then how many more', () => {
    expect(wordsOfModal(unmatchedModal(people(40), []))).toHaveLength(41);
    expect(wordsOfModal(unmatchedModal(people(43), []))).toHaveLength(42);
    expect(wordsOfModal(unmatchedModal(people(43), [])).at(-1)).toBe('… and 3 more.');
  });
});

describe('people whom an admin linked', () => {
  it('stand below with who linked them and how to remove it', () => {
    const links = [link(1), { ...link(2), byFleetAdmin: false }, { ...link(3), byFleetAdmin: true }];

    expect(wordsOfModal(unmatchedModal([], links)).slice(2)).toEqual([
      "*Linked by an admin.* Only a link from a Fleet admin gives a Fleet admin's rights. `/fleet unlink @person` removes a link.",
      '<@U0L1>: Fleet user 101, by <@U0DAN>',
      '<@U0L2>: Fleet user 102, by <@U0DAN>',
      '<@U0L3>: Fleet user 103, by <@U0DAN> (Fleet admin)',
    ]);
  });

  it('are forty at most, and then how many more', () => {
    const shows = (count: number) =>
      wordsOfModal(
        unmatchedModal(
          [],
          Array.from({ length: count }, (_, index) => link(index)),
        ),
      );

    expect(shows(40).at(-1)).toMatch(/^<@U0L39>/u);
    expect(shows(43).slice(-2)).toEqual([expect.stringMatching(/^<@U0L39>/u), '… and 3 more.']);
  });
});
