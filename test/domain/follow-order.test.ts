import { describe, expect, it } from 'vitest';
import { followedStatus, recordFoundOrder, recordStatusChange, statusReaders } from '../../src/domain/orders/follow.ts';
import { aRequest, clara, SENT_AT, states } from './a-request.ts';

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
    expect(statusReaders(request, clientStatus)).toEqual(readers);
  });

  it('each status once, also when Fleet comes back to it', () => {
    const told = aRequest({ state: { ...states.ordered, toldOf: ['SHIPPED'] } });

    expect(statusReaders(told, 'SHIPPED')).toEqual([]);
    expect(statusReaders(told, 'RECEPTION_TO_CONFIRM')).toEqual(['requester']);
  });
});

describe('a status that moved', () => {
  it('is recorded with whether somebody has to be told', () => {
    expect(recordStatusChange(ordered, now, 'SHIPPED')).toMatchObject({
      request: { state: { kind: 'ordered', clientStatus: 'SHIPPED', toldOf: ['SHIPPED'] } },
      facts: { did: 'status_changed', outcome: 'SHIPPED' },
    });
    expect(recordStatusChange(ordered, now, 'PROCESSING')).toMatchObject({ request: { state: { toldOf: [] } } });
  });

  it('is no news the second time', () => {
    const { clientStatus } = states.ordered;

    expect(recordStatusChange(ordered, now, clientStatus)).toMatchObject({
      ok: false,
      refusal: { kind: 'already_decided' },
    });
    // Recorded before anybody could be told: it is still to be.
    const untold = aRequest({ state: { ...states.ordered, clientStatus: 'SHIPPED' } });
    expect(recordStatusChange(untold, now, 'SHIPPED')).toMatchObject({ request: { state: { toldOf: ['SHIPPED'] } } });
  });

  it.each([
    ['waits', aRequest(), { kind: 'card_outdated' }],
    ['is gone from Fleet', gone, { kind: 'already_decided', by: null, state: 'closed_elsewhere' }],
  ])('says nothing of a request that %s', (_, request, refusal) => {
    expect(recordStatusChange(request, now, 'SHIPPED')).toEqual({ ok: false, refusal });
    expect(followedStatus(request)).toBeNull();
  });
});

describe('an order that is followed', () => {
  it.each([
    ['moves', { clientStatus: 'PROCESSING' }, 'PROCESSING'],
    ['nobody was told of yet', { clientStatus: 'SHIPPED' }, ''],
    ['everybody was told of', { clientStatus: 'SHIPPED', toldOf: ['SHIPPED'] }, 'SHIPPED'],
    ['is archived', { clientStatus: 'ARCHIVED' }, null],
    ['failed, and nobody was told', { clientStatus: 'FAILED' }, ''],
    ['failed, and everybody was told', { clientStatus: 'FAILED', toldOf: ['FAILED'] }, null],
  ])('%s: %#', (_, over, status) => {
    expect(followedStatus(aRequest({ state: { ...states.ordered, ...over } }))).toBe(status);
  });

  it('has no status yet where it was ordered in Fleet itself', () => {
    expect(followedStatus(aRequest({ state: { ...states.closed_elsewhere, clientStatus: null } }))).toBe('');
  });
});

describe('an order that is found in Fleet', () => {
  const unansweredApproval = { by: clara, at: SENT_AT };

  it('is ours after a validate without an answer, now or before it came back', () => {
    expect(recordFoundOrder(aRequest({ state: states.unconfirmed }), now, 'RECEIVED')).toMatchObject({
      request: { state: { kind: 'ordered', by: clara, signatoryConfirmed: false, clientStatus: 'RECEIVED' } },
      facts: { did: 'order_placed', outcome: 'signatory_unconfirmed' },
    });
    expect(recordFoundOrder(aRequest({ unansweredApproval }), now, 'RECEIVED')).toMatchObject({
      request: { state: { kind: 'ordered', by: clara, despite: { kind: 'pending' } } },
    });
    expect(recordFoundOrder(aRequest({ state: states.declined, unansweredApproval }), now, 'RECEIVED')).toMatchObject({
      request: { state: { kind: 'ordered', by: clara, despite: { kind: 'declined' } } },
    });
  });

  it('is somebody else’s where we sent nothing', () => {
    const found = recordFoundOrder(aRequest(), now, 'RECEIVED');
    expect(found).toMatchObject({ request: { state: { kind: 'closed_elsewhere', how: 'ordered' } } });
    expect(found.ok && 'despite' in found.request.state).toBe(false);
    expect(recordFoundOrder(gone, now, 'RECEIVED')).toMatchObject({
      request: { state: { how: 'ordered', despite: { kind: 'gone' } } },
      facts: { did: 'closed_elsewhere', outcome: 'ordered_signer_unknown' },
    });
  });

  it.each(['ARCHIVED', 'FAILED'])('that is %s already may never have been one', (clientStatus) => {
    for (const state of [states.pending, states.unconfirmed, states.declined])
      expect(recordFoundOrder(aRequest({ state }), now, clientStatus)).toMatchObject({
        request: { state: { kind: 'closed_elsewhere', isPutAway: true, clientStatus, toldOf: [clientStatus] } },
        facts: { outcome: 'put_away' },
      });
  });

  it('is recorded once', () => {
    for (const request of [ordered, elsewhere]) expect(recordFoundOrder(request, now, 'SHIPPED').ok).toBe(false);
  });
});
