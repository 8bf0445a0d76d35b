import { describe, expect, it } from 'vitest';
import {
  approve,
  askForChanges,
  chooseAnotherApprover,
  type Decision,
  decline,
  reassign,
  withdraw,
} from '../../src/domain/request/decide.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { anna, aRequest, clara, dan, finalStates, SENT_AT, states } from './a-request.ts';

const now = SENT_AT + 1000;
const pending = aRequest();

/** Everything that a person can do to a request, done by whoever may. */
const acts: Readonly<Record<string, (request: DeviceRequest, at?: number) => Decision>> = {
  approve: (request, at = now) => approve(request, { signer: clara, now: at, card: request }),
  decline: (request, at = now) => decline(request, { by: clara.slackUserId, now: at, reason: 'No' }),
  askForChanges: (request, at = now) => askForChanges(request, { by: clara.slackUserId, now: at, wish: 'Less' }),
  withdraw: (request, at = now) => withdraw(request, { by: anna.slackUserId, now: at }),
  handOver: (request, at = now) => reassign(request, { by: clara.slackUserId, now: at, to: dan }),
  chooseAnother: (request, at = now) => chooseAnotherApprover(request, { by: anna.slackUserId, now: at, to: dan }),
};
const names = Object.keys(acts);
const act = (name: string, request: DeviceRequest, at?: number): Decision => {
  const found = acts[name];
  if (found === undefined) throw new Error(name);
  return found(request, at);
};
const refusalOf = (decision: Decision) => (decision.ok ? 'accepted' : decision.refusal);

describe('what somebody may do to a request', () => {
  it('approves: to validating by the one who signs, with the old problem gone, and they are there again', () => {
    const problem = { operation: 'validateCart', kind: 'unavailable', status: 500 } as const;
    const before = aRequest({ problem, approverGone: true });
    const decision = act('approve', before);

    expect(decision).toMatchObject({
      ok: true,
      request: {
        state: { kind: 'validating', by: clara, at: now, validateSentAt: null },
        problem: null,
        difference: null,
        approverGone: false,
        revision: before.revision + 1,
      },
      facts: { did: 'approval_pressed', by: clara },
    });
  });

  it('notes why somebody may sign their own request, and only then', () => {
    const approval = { signer: clara, now, card: pending };
    const own = approve(pending, { ...approval, ownRequestReason: 'One founder' });

    expect(own).toHaveProperty('facts.reason', 'One founder');
    expect(approve(pending, approval)).not.toHaveProperty('facts.reason');
  });

  it('declines, asks for changes and withdraws with the name of who did', () => {
    expect(act('decline', pending)).toMatchObject({
      request: { state: { kind: 'declined', by: clara, reason: 'No' } },
    });
    expect(act('askForChanges', pending)).toMatchObject({
      request: { state: { kind: 'changes_requested', by: clara, wish: 'Less' } },
    });
    expect(act('withdraw', pending)).toMatchObject({ request: { state: { kind: 'withdrawn', by: anna } } });
  });

  it('hands over: the next one is asked, and may be reminded at once', () => {
    const decision = act('handOver', aRequest({ lastRemindedAt: now, approverGone: true }));
    expect(decision).toMatchObject({
      request: { approver: dan, approverGone: false, lastRemindedAt: null, state: { kind: 'pending' } },
    });
  });

  it('lets the requester choose another only when theirs is gone', () => {
    expect(refusalOf(act('chooseAnother', pending))).toEqual({ kind: 'approver_still_there', approver: clara });
    expect(act('chooseAnother', aRequest({ approverGone: true }))).toMatchObject({ request: { approver: dan } });
  });

  it('does not hand over to the one who is asked already', () => {
    const decision = reassign(pending, { by: clara.slackUserId, now, to: clara });
    expect(refusalOf(decision)).toEqual({ kind: 'same_approver', approver: clara });
  });

  it('signs nothing with a card that shows something else', () => {
    const decision = approve(pending, { signer: clara, now, card: { fingerprint: 'an older one' } });
    expect(refusalOf(decision)).toEqual({ kind: 'card_outdated' });
  });

  it('signs nothing with a card from before an approval that came back', () => {
    const { fingerprint } = pending;
    const again = aRequest({ sentBack: 1 });
    for (const card of [{ fingerprint }, { fingerprint, sentBack: 2 }])
      expect(refusalOf(approve(again, { signer: clara, now, card }))).toEqual({ kind: 'card_outdated' });
    expect(approve(again, { signer: clara, now, card: { fingerprint, sentBack: 1 } }).ok).toBe(true);
  });
});

describe('who may not', () => {
  it.each(['decline', 'askForChanges', 'handOver'])('%s: only the approver asked', (name) => {
    const handedOver = aRequest({ approver: dan });
    expect(refusalOf(act(name, handedOver))).toEqual({ kind: 'not_the_approver', approver: dan });
  });

  it('approve: only the approver asked, though somebody else may sign too', () => {
    const decision = approve(pending, { signer: dan, now, card: pending });
    expect(refusalOf(decision)).toEqual({ kind: 'not_the_approver', approver: clara });
  });

  it('withdraw and choose another: only the requester', () => {
    const foreign = { by: dan.slackUserId, now, to: dan };
    expect(refusalOf(withdraw(pending, foreign))).toEqual({ kind: 'not_the_requester', requester: anna });
    expect(refusalOf(chooseAnotherApprover(pending, foreign))).toEqual({ kind: 'not_the_requester', requester: anna });
  });
});

describe('when there is nothing left to decide', () => {
  describe.each(names)('%s', (name) => {
    it.each(finalStates)('never leaves $kind', (state) => {
      expect(act(name, aRequest({ state })).ok).toBe(false);
    });

    it.each([states.validating, states.unconfirmed])('is told that it is being sent: $kind', (state) => {
      expect(refusalOf(act(name, aRequest({ state })))).toEqual({ kind: 'being_sent', by: clara });
    });

    it('is refused from the very millisecond of the deadline on', () => {
      const request = aRequest({ approverGone: true });
      expect(act(name, request, request.expiresAt - 1).ok).toBe(true);
      expect(refusalOf(act(name, request, request.expiresAt))).toEqual({
        kind: 'expired',
        expiresAt: request.expiresAt,
      });
    });
  });

  it('tells the loser who decided and how', () => {
    const decided = aRequest({ state: states.declined });
    expect(refusalOf(act('approve', decided))).toEqual({ kind: 'already_decided', by: clara, state: 'declined' });
    const closed = aRequest({ state: states.closed_elsewhere });
    expect(refusalOf(act('approve', closed))).toEqual({ kind: 'already_decided', by: null, state: 'closed_elsewhere' });
    const expired = aRequest({ state: states.expired });
    expect(refusalOf(act('approve', expired))).toMatchObject({ kind: 'expired' });
  });
});
