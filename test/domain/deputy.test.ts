import { describe, expect, it } from 'vitest';
import { endOfDay, reassignToDeputy } from '../../src/domain/request/decide.ts';
import { aRequest, clara, dan, SENT_AT, states } from './a-request.ts';

const now = SENT_AT + 1;

describe('the deputy of an approver who is away', () => {
  it('is asked from now on, as if nobody had been reminded yet', () => {
    const request = aRequest({ approverGone: true, lastRemindedAt: SENT_AT });

    expect(reassignToDeputy(request, { to: dan, now })).toMatchObject({
      request: { approver: dan, approverGone: false, lastRemindedAt: null, askedAt: now, state: { kind: 'pending' } },
      facts: { did: 'handed_to_deputy', by: 'fleet_for_slack' },
    });
  });

  it.each([
    ['is being sent', aRequest({ state: states.validating }), dan, { kind: 'being_sent', by: clara }],
    ['is past its deadline', aRequest({ expiresAt: now }), dan, { kind: 'expired', expiresAt: now }],
    ['is with them already', aRequest(), clara, { kind: 'same_approver', approver: clara }],
  ])('gets nothing that %s', (_, request, to, refusal) => {
    expect(reassignToDeputy(request, { to, now })).toEqual({ ok: false, refusal });
  });
});

describe('the end of the last day away', () => {
  it.each([
    ['2026-12-24', 'Europe/Berlin', '2026-12-24T23:59:59.999+01:00'],
    ['2026-12-24', 'America/New_York', '2026-12-24T23:59:59.999-05:00'],
    // A zone that nobody knows counts as UTC.
    ['2026-12-24', 'Mars/Olympus', '2026-12-24T23:59:59.999Z'],
  ])('of %s in %s', (date, timeZone, end) => {
    expect(endOfDay(date, timeZone)).toBe(Date.parse(end));
  });

  it.each(['', '2026-02-30', 'tomorrow'])('is not there for “%s”', (date) => {
    expect(endOfDay(date, 'Europe/Berlin')).toBeNull();
  });
});
