import { describe, expect, it } from 'vitest';
import { type CartChangeInFleet, recordCartChange } from '../../src/domain/orders/follow.ts';
import { aSnapshot } from './a-line.ts';
import { aRequest, clara, SENT_AT, states } from './a-request.ts';

const found: CartChangeInFleet = {
  difference: { missing: [], extra: [], total: null },
  expectedInFleet: aSnapshot([101], '54.90'),
  total: aRequest().total,
  lines: aRequest().lines,
  fingerprint: 'fp-2',
};

describe("a cart that was changed in Fleet's cockpit while it waits", () => {
  it('goes on waiting, under a new fingerprint; and is as it was sent once it is changed back', () => {
    expect(recordCartChange(aRequest(), SENT_AT, found)).toMatchObject({
      request: { state: { kind: 'pending' }, fingerprint: 'fp-2', difference: found.difference, revision: 4 },
      facts: { did: 'cart_changed_elsewhere', by: 'fleet_for_slack', outcome: 'differs' },
    });
    expect(recordCartChange(aRequest(), SENT_AT, { ...found, difference: null })).toMatchObject({
      request: { difference: null },
      facts: { outcome: 'as_sent' },
    });
  });

  it.each([
    ['is being sent', aRequest({ state: states.validating }), { kind: 'being_sent', by: clara }],
    ['was declined', aRequest({ state: states.declined }), { kind: 'already_decided', by: clara, state: 'declined' }],
    ['is past its deadline', aRequest({ expiresAt: SENT_AT }), { kind: 'expired', expiresAt: SENT_AT }],
  ])('changes nothing about a request that %s', (_, request, refusal) => {
    expect(recordCartChange(request, SENT_AT, found)).toEqual({ ok: false, refusal });
  });
});
