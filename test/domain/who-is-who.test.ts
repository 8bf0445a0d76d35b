import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { barredProfile, foldEmail, userByEmail, userOf } from '../../src/domain/people/match.ts';
import { isLasting, type SlackProfile } from '../../src/domain/people/people.ts';

const ids = (...numbers: readonly number[]) => numbers as readonly number[] as readonly FleetUserId[];
const [one = 1 as FleetUserId, two = 2 as FleetUserId] = ids(1, 2);
const profile: SlackProfile = {
  slackUserId: 'U1' as SlackUserId,
  slackTeamId: 'T1' as WorkspaceId,
  name: 'Anna',
  email: 'anna@acme.example',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  isBot: false,
  isGuest: false,
  isStranger: false,
  isDeactivated: false,
  isSlackAdmin: false,
};

describe('somebody who matches no one', () => {
  it.each(['no_match', 'two_matches', 'email_hidden', 'guest', 'stranger', 'deactivated', 'bot'] as const)(
    'cannot order until somebody changes that: %s',
    (kind) => expect(isLasting({ kind })).toBe(true),
  );

  it.each(['people_loading', 'people_incomplete', 'fleet_unreachable', 'key_refused', 'slack_unreachable'] as const)(
    'may only have to wait: %s',
    (kind) => expect(isLasting({ kind })).toBe(false),
  );
});

describe('an address', () => {
  it.each([
    [' Anna@Acme.Example\n', 'anna@acme.example'],
    ['ÉLISE@acme.example', 'élise@acme.example'],
    ['anna+it@acme.example', 'anna+it@acme.example'],
    ['an\u212aa@acme.example', null],
    ['\u0130da@acme.example', null],
  ])('%j is compared as %j', (email, folded) => {
    expect(foldEmail(email)).toBe(folded);
  });

  it.each([
    [ids(1), ids(), { kind: 'found', fleetUserId: 1 }],
    [ids(1), ids(2), { kind: 'found', fleetUserId: 1 }],
    [ids(), ids(2), { kind: 'found', fleetUserId: 2 }],
    [ids(1, 1), ids(), { kind: 'found', fleetUserId: 1 }],
    [ids(1, 2), ids(), { kind: 'two_matches' }],
    [ids(), ids(1, 2), { kind: 'two_matches' }],
    [ids(), ids(), { kind: 'no_match' }],
  ])('of %j, secondary of %j, is %j', (primary, secondary, user) => {
    expect(userByEmail({ primary, secondary })).toEqual(user);
  });
});

describe('a link that an admin made', () => {
  const nobody = { primary: ids(), secondary: ids() };

  it('tells where the address cannot', () => {
    expect(userOf(nobody, two)).toEqual({ kind: 'found', fleetUserId: two });
    expect(userOf(null, two)).toEqual({ kind: 'found', fleetUserId: two });
    expect(userOf({ primary: ids(1, 2), secondary: ids() }, two)).toEqual({ kind: 'found', fleetUserId: two });
  });

  it('is no second opinion: where the address tells something else, nobody is found', () => {
    expect(userOf({ primary: ids(1), secondary: ids() }, two)).toEqual({ kind: 'two_matches' });
    expect(userOf({ primary: ids(1), secondary: ids() }, one)).toEqual({ kind: 'found', fleetUserId: one });
  });

  it('is not there: the address alone tells', () => {
    expect(userOf(nobody, null)).toEqual({ kind: 'no_match' });
    expect(userOf(null, null)).toEqual({ kind: 'email_hidden' });
  });
});

describe('an account that acts for nobody', () => {
  it.each([
    [{ isGuest: true }, 'guest'],
    [{ isBot: true }, 'bot'],
    [{ isStranger: true }, 'stranger'],
    [{ isDeactivated: true }, 'deactivated'],
    [{ isDeactivated: true, isGuest: true }, 'deactivated'],
    [{ isStranger: true, isGuest: true }, 'stranger'],
  ])('%j is: %s', (more, kind) => {
    expect(barredProfile({ ...profile, ...more })).toEqual({ kind });
  });

  it('is one that Slack does not know', () => {
    expect(barredProfile(null)).toEqual({ kind: 'deactivated' });
  });

  it('is not a full member', () => {
    expect(barredProfile(profile)).toBeNull();
  });
});
