import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/request/decide.ts';
import type { DeviceRequest, RequestState } from '../../src/domain/request/request.ts';
import {
  claimSecondValidate,
  claimValidate,
  confirmEnding,
  countLookUp,
  expire,
  flagApproverGone,
  giveUpOnAnswer,
  giveUpOnSecondAnswer,
  markFleetBusy,
  markSuperseded,
  noteEndingTold,
  noteMissing,
  noteSeen,
  provesGoneInMs,
  recordGone,
  recordOrdered,
  releaseValidate,
  SECOND_VALIDATE_AFTER_MS,
  type SendBackReason,
  sendBack,
} from '../../src/domain/request/validate.ts';
import { aSnapshot, euros } from './a-line.ts';
import { anna, aRequest, clara, finalStates, HOUR, SENT_AT, states } from './a-request.ts';

const now = SENT_AT + 5000;
const holds = aSnapshot([101, 101], '109.80');
const problem: SendBackReason = {
  why: 'problem',
  problem: { operation: 'validateCart', kind: 'rejected', code: 'PAYMENT_METHOD_REQUIRED', status: 400 },
};
const sent = { ...states.validating, validateSentAt: now - 1 };
const at = (state: RequestState): DeviceRequest => aRequest({ state });
const ours = { clientStatus: 'RECEIVED', by: clara };

const steps: Readonly<Record<string, (request: DeviceRequest) => Decision>> = {
  claimValidate: (request) => claimValidate(request, now, holds),
  validateNotSent: (request) => releaseValidate(request, now),
  giveUpOnAnswer: (request) => giveUpOnAnswer(request, now),
  looked: (request) => countLookUp(request, now),
  claimSecondValidate: (request) => claimSecondValidate(request, SENT_AT + 10 * SECOND_VALIDATE_AFTER_MS),
  giveUpSecond: (request) => giveUpOnSecondAnswer(request, now),
  sendBack: (request) => sendBack(request, now, problem),
  expire: (request) => expire(request, request.expiresAt),
  recordGone: (request) => recordGone(request, now),
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
    const refusal = { operation: 'validateCart', kind: 'rejected_in_words', words: 'no route', status: 404 } as const;
    expect(giveUpOnAnswer(at(sent), now, refusal)).toMatchObject({ request: { state: { refusal } } });
    expect(giveUpOnSecondAnswer(at(states.unconfirmed), now, refusal)).toMatchObject({
      request: { state: { refusal } },
    });
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
  it.each(Object.values(states).filter((state) => state !== states.ordered))(
    "Fleet's 200 counts, whatever was recorded meanwhile: $kind",
    (state) => {
      expect(recordOrdered(at(state), now, ours)).toMatchObject({
        request: { state: { kind: 'ordered', by: clara, clientStatus: 'RECEIVED', signatoryConfirmed: true } },
        facts: { did: 'order_placed', outcome: 'confirmed' },
      });
    },
  );

  it('is recorded once, and confirms who signed what was found ordered', () => {
    expect(recordOrdered(at(states.ordered), now, ours).ok).toBe(false);
    const found = { ...states.ordered, signatoryConfirmed: false, toldOf: ['SHIPPED'], despite: { kind: 'expired' } };
    expect(recordOrdered(at(found as RequestState), now, ours)).toMatchObject({
      request: { state: { signatoryConfirmed: true, toldOf: ['SHIPPED'], despite: { kind: 'expired' } } },
    });
  });

  it.each([
    [states.pending, { kind: 'pending' }],
    [states.declined, { kind: 'declined', by: clara }],
    [states.changes_requested, { kind: 'changes_requested', by: clara }],
    [states.withdrawn, { kind: 'withdrawn', by: anna }],
    [states.expired, { kind: 'expired' }],
    [{ ...states.closed_elsewhere, how: 'gone' }, { kind: 'gone' }],
    [states.closed_elsewhere, undefined],
    [states.validating, undefined],
    [states.unconfirmed, undefined],
  ] as const)('says what people were told before: %o', (state, despite) => {
    const decision = recordOrdered(at(state), now, ours);
    expect(decision.ok && 'despite' in decision.request.state ? decision.request.state.despite : undefined).toEqual(
      despite,
    );
  });

  it('never back from pending', () => {
    expect(sendBack(at(states.pending), now, problem).ok).toBe(false);
  });

  it('back with a day to press again, and with what Fleet may still carry out', () => {
    const late = aRequest({ state: states.unconfirmed, expiresAt: now - 1 });
    const { by, at: pressedAt } = states.unconfirmed;
    expect(sendBack(late, now, problem)).toMatchObject({
      request: { expiresAt: now + 24 * HOUR, unansweredApproval: { by, at: pressedAt } },
    });
    const early = sendBack(at(states.validating), now, problem);
    expect(early).toMatchObject({ request: { expiresAt: aRequest().expiresAt } });
    expect(early.ok && early.request.unansweredApproval).toBeUndefined();
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

  it.each([states.pending, states.validating, states.unconfirmed])('is gone from $kind', (state) => {
    expect(recordGone(at(state), now)).toMatchObject({
      request: { state: { kind: 'closed_elsewhere', how: 'gone', clientStatus: null } },
      facts: { outcome: 'gone' },
    });
  });

  it('is gone only when Fleet has shown nothing for a minute', () => {
    expect(provesGoneInMs(aRequest(), now)).toBeNull();
    const noted = noteMissing(aRequest(), now);
    if (!noted.ok) throw new Error('refused');
    expect(noteMissing(noted.request, now + 1).ok).toBe(false);
    expect(provesGoneInMs(noted.request, now + 59_999)).toBe(1);
    expect(provesGoneInMs(noted.request, now + 60_000)).toBe(0);
    expect(provesGoneInMs(noted.request, now + 70_000)).toBe(0);
    expect(noteSeen(noted.request, now)).toMatchObject({ request: { missingSince: null } });
    expect(noteSeen(aRequest(), now).ok).toBe(false);
    // Any other change starts the search again.
    expect(flagApproverGone(noted.request, now)).toMatchObject({ request: { missingSince: null } });
    expect(noteMissing(at(states.ordered), now).ok).toBe(false);
    expect(noteMissing(at(states.declined), now).ok).toBe(true);
  });

  it('is checked once it has ended without an order, and told meanwhile at most once', () => {
    const ended = aRequest({ state: states.declined, ending: 'unchecked', missingSince: 1 });
    const told = noteEndingTold(ended, now);
    if (!told.ok) throw new Error('refused');
    expect(told.request).toMatchObject({ ending: 'told', missingSince: 1 });
    expect(noteEndingTold(told.request, now).ok).toBe(false);
    expect(noteEndingTold({ ...ended, missingSince: null }, now)).toMatchObject({ request: { missingSince: null } });
    expect(noteEndingTold(aRequest(), now).ok).toBe(false);
    expect(confirmEnding(told.request, now)).toMatchObject({ request: { ending: 'checked', missingSince: null } });
    expect(confirmEnding({ ...ended, ending: 'checked' }, now).ok).toBe(false);
  });

  it('is superseded once, and only when it has ended without an order', () => {
    const marked = markSuperseded(at(states.withdrawn), now);
    if (!marked.ok) throw new Error('refused');
    expect(marked.request).toMatchObject({ isSuperseded: true, state: { kind: 'withdrawn' } });
    expect(markSuperseded(marked.request, now).ok).toBe(false);
    for (const state of [states.pending, states.ordered]) expect(markSuperseded(at(state), now).ok).toBe(false);
  });

  it('loses an approver once', () => {
    expect(flagApproverGone(aRequest(), now)).toMatchObject({ request: { approverGone: true } });
    expect(flagApproverGone(aRequest({ approverGone: true }), now)).toMatchObject({
      refusal: { kind: 'approver_gone' },
    });
    expect(flagApproverGone(at(states.validating), now)).toMatchObject({ refusal: { kind: 'being_sent' } });
  });
});
