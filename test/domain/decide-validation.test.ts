import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/request/decide.ts';
import type { DeviceRequest, RequestState } from '../../src/domain/request/request.ts';
import {
  claimSecondValidate,
  claimValidate,
  closeElsewhere,
  countLookUp,
  expire,
  flagApproverGone,
  giveUpOnAnswer,
  giveUpOnSecondAnswer,
  markFleetBusy,
  recordOrdered,
  releaseValidate,
  SECOND_VALIDATE_AFTER_MS,
  type SendBackReason,
  sendBack,
} from '../../src/domain/request/validate.ts';
import { aSnapshot, euros } from './a-line.ts';
import { aRequest, clara, finalStates, SENT_AT, states } from './a-request.ts';

const now = SENT_AT + 5000;
const holds = aSnapshot([101, 101], '109.80');
const problem: SendBackReason = {
  why: 'problem',
  problem: { operation: 'validateCart', kind: 'rejected', code: 'PAYMENT_METHOD_REQUIRED', status: 400 },
};
const sent = { ...states.validating, validateSentAt: now - 1 };
const at = (state: RequestState): DeviceRequest => aRequest({ state });
const orderedAs = (signatoryConfirmed: boolean) => ({ clientStatus: 'RECEIVED', signatoryConfirmed });

const steps: Readonly<Record<string, (request: DeviceRequest) => Decision>> = {
  claimValidate: (request) => claimValidate(request, now, holds),
  validateNotSent: (request) => releaseValidate(request, now),
  giveUpOnAnswer: (request) => giveUpOnAnswer(request, now),
  looked: (request) => countLookUp(request, now),
  claimSecondValidate: (request) => claimSecondValidate(request, SENT_AT + 10 * SECOND_VALIDATE_AFTER_MS),
  giveUpSecond: (request) => giveUpOnSecondAnswer(request, now),
  ordered: (request) => recordOrdered(request, now, orderedAs(true)),
  sendBack: (request) => sendBack(request, now, problem),
  expire: (request) => expire(request, request.expiresAt),
  closeElsewhere: (request) => closeElsewhere(request, now, { how: 'gone', clientStatus: null }),
  loseApprover: (request) => flagApproverGone(request, now),
};

describe('a request that is over', () => {
  it.each(Object.entries(steps))('%s: no way out of a final state', (_, step) => {
    for (const state of finalStates) expect(step(at(state)).ok).toBe(false);
  });
});

describe('the right to send a validate', () => {
  it('is claimed once, with what Fleet was seen to hold', () => {
    const claimed = claimValidate(at(states.validating), now, holds);
    expect(claimed).toMatchObject({ ok: true, request: { state: { validateSentAt: now }, expectedInFleet: holds } });
    expect(claimValidate(at(sent), now, holds).ok).toBe(false);
    expect(claimValidate(at(states.pending), now, holds)).toMatchObject({ refusal: { kind: 'card_outdated' } });
  });

  it('is given back when nothing left, and only then', () => {
    expect(releaseValidate(at(sent), now)).toMatchObject({ request: { state: { validateSentAt: null } } });
    expect(releaseValidate(at(states.validating), now).ok).toBe(false);
    expect(releaseValidate(at(states.unconfirmed), now).ok).toBe(false);
  });

  it('waits while Fleet takes no more requests, which is said once', () => {
    expect(markFleetBusy(at(states.validating), now)).toMatchObject({
      request: { state: { kind: 'validating', by: clara, isBusy: true } },
      facts: { did: 'approval_waits', outcome: 'busy' },
    });
    expect(markFleetBusy(at({ ...states.validating, isBusy: true }), now)).toMatchObject({ ok: false });
    expect(markFleetBusy(at(states.unconfirmed), now)).toMatchObject({ ok: false });
  });

  it('turns into looking when no clear answer came', () => {
    const given = giveUpOnAnswer(at(sent), now);
    expect(given).toMatchObject({
      request: { state: { kind: 'unconfirmed', by: clara, gaveUpAt: now, looks: 0 } },
    });
    expect(giveUpOnAnswer(at(states.validating), now).ok).toBe(false);
  });

  it('comes a second time from the full minute on', () => {
    const { gaveUpAt } = states.unconfirmed;
    const request = at(states.unconfirmed);
    expect(claimSecondValidate(request, gaveUpAt + SECOND_VALIDATE_AFTER_MS - 1).ok).toBe(false);
    expect(claimSecondValidate(request, gaveUpAt + SECOND_VALIDATE_AFTER_MS)).toMatchObject({
      request: { state: { kind: 'unconfirmed', gaveUpAt: gaveUpAt + SECOND_VALIDATE_AFTER_MS, looks: 1 } },
    });
    expect(claimSecondValidate(at(sent), gaveUpAt * 2).ok).toBe(false);
  });

  it('counts looks, and the minute anew after a second lost answer', () => {
    expect(countLookUp(at(states.unconfirmed), now)).toMatchObject({ request: { state: { looks: 1 } } });
    expect(giveUpOnSecondAnswer(at(states.unconfirmed), now)).toMatchObject({ request: { state: { gaveUpAt: now } } });
    expect(countLookUp(at(states.pending), now).ok).toBe(false);
    expect(giveUpOnSecondAnswer(at(states.pending), now).ok).toBe(false);
  });
});

describe('how an approval ends', () => {
  it.each([states.validating, states.unconfirmed])('ordered from $kind', (state) => {
    const decision = recordOrdered(at(state), now, orderedAs(true));
    expect(decision).toMatchObject({
      request: { state: { kind: 'ordered', by: clara, clientStatus: 'RECEIVED', signatoryConfirmed: true } },
      facts: { outcome: 'confirmed' },
    });
  });

  it('says when Fleet did not confirm who signed', () => {
    expect(recordOrdered(at(states.unconfirmed), now, orderedAs(false))).toMatchObject({
      request: { state: { signatoryConfirmed: false } },
      facts: { outcome: 'signatory_unconfirmed' },
    });
  });

  it('never from pending', () => {
    expect(recordOrdered(at(states.pending), now, orderedAs(true)).ok).toBe(false);
    expect(sendBack(at(states.pending), now, problem).ok).toBe(false);
  });

  it('back to pending with the problem', () => {
    expect(sendBack(at(sent), now, problem)).toMatchObject({
      request: { state: { kind: 'pending' }, problem: { code: 'PAYMENT_METHOD_REQUIRED' } },
      facts: { outcome: 'PAYMENT_METHOD_REQUIRED' },
    });
    const unread: SendBackReason = { why: 'problem', problem: { operation: 'getCart', kind: 'unreachable' } };
    expect(sendBack(at(states.unconfirmed), now, unread)).toMatchObject({ facts: { outcome: 'unreachable' } });
  });

  it.each([true, false])('back to pending because of who pressed, who is unavailable: %s', (isUnavailable) => {
    expect(sendBack(at(states.validating), now, { why: 'signer', isUnavailable })).toMatchObject({
      request: { state: { kind: 'pending' }, approverGone: isUnavailable, problem: null },
      facts: { did: 'signer_refused' },
    });
  });

  it('back to pending with the difference, under another fingerprint', () => {
    const back: SendBackReason = {
      why: 'difference',
      difference: { missing: [], extra: [], total: { from: euros('109.80'), to: euros('120.00') } },
      expectedInFleet: aSnapshot([101, 101], '120.00'),
      total: { fleet: euros('120.00'), ours: [], unpriced: 0 },
      lines: aRequest().lines,
      fingerprint: 'fp-2',
    };
    const { why: _, ...shown } = back;
    expect(sendBack(at(states.validating), now, back)).toMatchObject({
      request: { state: { kind: 'pending' }, problem: null, ...shown },
    });
  });
});

describe('what nobody here decided', () => {
  it('expires exactly at its deadline, and only while it is pending', () => {
    const request = aRequest();
    expect(expire(request, request.expiresAt - 1).ok).toBe(false);
    expect(expire(request, request.expiresAt)).toMatchObject({ request: { state: { kind: 'expired' } } });
    expect(expire(at(states.validating), request.expiresAt).ok).toBe(false);
  });

  it.each([states.pending, states.validating, states.unconfirmed])('is closed elsewhere from $kind', (state) => {
    const found = { how: 'ordered', clientStatus: 'SHIPPED' } as const;
    expect(closeElsewhere(at(state), now, found)).toMatchObject({
      request: { state: { kind: 'closed_elsewhere', ...found } },
      facts: { outcome: 'ordered' },
    });
  });

  it('loses an approver once', () => {
    expect(flagApproverGone(aRequest(), now)).toMatchObject({ request: { approverGone: true } });
    expect(flagApproverGone(aRequest({ approverGone: true }), now)).toMatchObject({
      refusal: { kind: 'approver_gone' },
    });
    expect(flagApproverGone(at(states.validating), now)).toMatchObject({ refusal: { kind: 'being_sent' } });
  });
});
