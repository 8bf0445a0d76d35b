import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import { maySign, type SignQuestion } from '../../src/domain/people/match.ts';
import type { Match, NoMatch, Person } from '../../src/domain/people/people.ts';

const person = (slack: string, fleet: number): Person => ({
  slackUserId: slack as SlackUserId,
  fleetUserId: fleet as FleetUserId,
  name: slack,
});
const matched = (who: Person, isFleetAdmin = false): Match => ({ kind: 'matched', person: who, isFleetAdmin });
const requester = person('UREQ', 1);
const ben = person('UBEN', 2);
const noList = { people: [], userGroups: [] };
const question = (over: Partial<SignQuestion>): SignQuestion => ({
  signer: matched(ben, true),
  requester,
  memberOf: [],
  settings: { approvers: noList, selfApproval: null },
  ...over,
});
const listed = (people: readonly Person[], userGroups: readonly string[] = []): SignQuestion['settings'] => ({
  approvers: { people: people.map(({ slackUserId }) => slackUserId), userGroups },
  selfApproval: null,
});

describe('without an approver list', () => {
  it('Fleet admins may sign, and nobody else', () => {
    expect(maySign(question({}))).toEqual({ ok: true, person: ben });
    expect(maySign(question({ signer: matched(ben) }))).toEqual({
      ok: false,
      refusal: { kind: 'not_eligible', why: null },
    });
  });
});

describe('with an approver list', () => {
  it('only who is on it may sign, Fleet admin or not', () => {
    expect(maySign(question({ signer: matched(ben), settings: listed([ben]) }))).toMatchObject({ ok: true });
    expect(maySign(question({ settings: listed([person('UZOE', 3)]) }))).toMatchObject({
      refusal: { kind: 'not_eligible' },
    });
  });

  it('who is in one of its user groups may sign', () => {
    const settings = listed([], ['S1', 'S2']);

    expect(maySign(question({ settings, memberOf: ['S2'] }))).toMatchObject({ ok: true });
    expect(maySign(question({ settings, memberOf: ['S3'] }))).toMatchObject({ ok: false });
    expect(maySign(question({ settings }))).toMatchObject({ ok: false });
  });
});

describe('one’s own request', () => {
  const own = { ok: false, refusal: { kind: 'own_request' } };

  it.each([
    ['the same Slack person', person('UREQ', 9)],
    ['the same Fleet user by another Slack account', person('UOTHER', 1)],
    ['both', requester],
  ])('is not signed by %s', (_, signer) => {
    expect(maySign(question({ signer: matched(signer, true) }))).toEqual(own);
  });

  it('is signed where settings allow it, and then by who is eligible only', () => {
    const selfApproval = { reason: 'one-person company' };
    const settings = { approvers: noList, selfApproval };

    expect(maySign(question({ signer: matched(requester, true), settings }))).toMatchObject({ ok: true });
    expect(maySign(question({ signer: matched(requester), settings }))).toMatchObject({
      refusal: { kind: 'not_eligible' },
    });
  });
});

describe('who is not known', () => {
  it.each<NoMatch['kind']>(['no_match', 'two_matches', 'email_hidden', 'guest', 'stranger', 'deactivated', 'bot'])(
    'is not eligible: %s',
    (kind) => {
      expect(maySign(question({ signer: { kind }, settings: listed([ben]) }))).toEqual({
        ok: false,
        refusal: { kind: 'not_eligible', why: { kind } },
      });
    },
  );

  it.each<NoMatch['kind']>([
    'people_loading',
    'people_incomplete',
    'fleet_unreachable',
    'key_refused',
    'slack_unreachable',
  ])('is refused for now: %s', (kind) => {
    expect(maySign(question({ signer: { kind } }))).toEqual({
      ok: false,
      refusal: { kind: 'eligibility_unknown', why: { kind } },
    });
  });
});
