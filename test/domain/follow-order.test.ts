import { describe, expect, it } from 'vitest';
import { followedStatus, statusMoved, toBeTold } from '../../src/domain/tracking/follow-order.ts';
import { aRequest, SENT_AT, states } from './a-request.ts';

const ordered = aRequest({ state: states.ordered });
const elsewhere = aRequest({ state: states.closed_elsewhere });
const gone = aRequest({ state: { ...states.closed_elsewhere, how: 'gone', clientStatus: null } });
const now = SENT_AT + 1;

describe('who is told that an order moved', () => {
  it.each([
    ['ordered here', ordered, 'SIGNING', ['signatory']],
    // Who signs what was validated in Fleet itself is not known here.
    ['ordered in Fleet itself', elsewhere, 'SIGNING', []],
    ['ordered in Fleet itself', elsewhere, 'RECEPTION_TO_CONFIRM', ['requester']],
    ['ordered here', ordered, 'DOC_REQUIRED', ['requester', 'admins']],
    ['ordered here', ordered, 'PROCESSING', []],
    ['waiting', aRequest(), 'SHIPPED', []],
    ['being sent', aRequest({ state: states.validating }), 'FAILED', []],
    ['gone from Fleet', gone, 'FAILED', []],
  ])('%s, to %s: %j', (_, request, clientStatus, readers) => {
    expect(toBeTold(request, clientStatus)).toEqual(readers);
  });

  it('each status once, also when Fleet comes back to it', () => {
    const told = aRequest({ state: { ...states.ordered, toldOf: ['SHIPPED'] } });

    expect(toBeTold(told, 'SHIPPED')).toEqual([]);
    expect(toBeTold(told, 'RECEPTION_TO_CONFIRM')).toEqual(['requester']);
  });
});

describe('a status that moved', () => {
  it('is recorded with whether somebody has to be told', () => {
    expect(statusMoved(ordered, now, 'SHIPPED')).toMatchObject({
      request: { state: { kind: 'ordered', clientStatus: 'SHIPPED', toldOf: ['SHIPPED'] } },
      facts: { did: 'status_changed', outcome: 'SHIPPED' },
    });
    expect(statusMoved(ordered, now, 'PROCESSING')).toMatchObject({ request: { state: { toldOf: [] } } });
  });

  it.each([
    ['waits', aRequest(), { kind: 'card_outdated' }],
    ['is gone from Fleet', gone, { kind: 'already_decided', by: null, state: 'closed_elsewhere' }],
  ])('says nothing of a request that %s', (_, request, refusal) => {
    expect(statusMoved(request, now, 'SHIPPED')).toEqual({ ok: false, refusal });
    expect(followedStatus(request)).toBeNull();
  });
});
