import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeView } from '../../sandbox/slack/judge/judge.ts';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';
import type { RequestRefusal } from '../../src/domain/request/decide.ts';
import {
  type AddressedNotice,
  approverUnavailableNotices,
  askedAgainNotices,
  decisionNotices,
  deputyNotices,
  reminderNotices,
  replacedNotices,
  requesterChangedNotices,
  restoredNotices,
  signerRefusedNotices,
} from '../../src/domain/request/notices.ts';
import type { Despite, RequestState, RequestStateKind } from '../../src/domain/request/request.ts';
import { noticeMessage, stillCheckingText } from '../../src/views/notice-message.ts';
import {
  askForChangesModal,
  chooseApproverModal,
  declineModal,
  newApproverError,
  readNewApprover,
  readWords,
  reassignModal,
} from '../../src/views/request/modals.ts';
import { newApproverProblem, refusalText } from '../../src/views/request/refusals.ts';
import {
  nothingOrderedText,
  remindedText,
  signatoryUnconfirmedText,
  unwantedText,
} from '../../src/views/request/state.ts';
import { anna, aRequest, clara, dan, SENT_AT, states } from '../domain/a-request.ts';

const person = { ...clara, name: 'Clara <!here>' };
const refusals: readonly RequestRefusal[] = [
  { kind: 'not_our_card' },
  { kind: 'being_rebuilt' },
  { kind: 'unknown_request' },
  { kind: 'repeated', did: null },
  { kind: 'repeated', did: 'approval_pressed' },
  { kind: 'repeated', did: 'request_declined' },
  { kind: 'repeated', did: 'what only a newer release does' },
  { kind: 'not_the_approver', approver: person },
  { kind: 'not_the_requester', requester: person },
  { kind: 'own_request' },
  { kind: 'not_eligible', why: null },
  { kind: 'not_eligible', why: { kind: 'deactivated' } },
  { kind: 'eligibility_unknown', why: { kind: 'people_loading' } },
  { kind: 'requester_changed', requester: person },
  { kind: 'already_decided', by: person, state: 'declined' },
  { kind: 'already_decided', by: null, state: 'closed_elsewhere' },
  { kind: 'being_sent', by: person },
  { kind: 'expired', expiresAt: SENT_AT },
  { kind: 'card_outdated' },
  { kind: 'reminded_lately', nextAt: SENT_AT },
  { kind: 'approver_gone', approver: person },
  { kind: 'approver_still_there', approver: person },
  { kind: 'same_approver', approver: person },
  { kind: 'ordering_paused' },
];

describe('a refused press', () => {
  it.each(refusals)('$kind has a sentence of its own, with names taken literally', (refusal) => {
    const text = refusalText(refusal);
    const others = refusals.filter((one) => one !== refusal).map(refusalText);
    expect(text.length).toBeGreaterThan(30);
    expect(others).not.toContain(text);
    expect(text).not.toContain('<!here>');
  });

  it('says whether anything was ordered where an approval was refused that could have ordered it', () => {
    const mayBeAnApproval = refusals.filter((refusal) =>
      /(?:nothing was|decided or) ordered|ordered nothing/iu.test(refusalText(refusal)),
    );
    expect(mayBeAnApproval.map(({ kind }) => kind)).toEqual([
      'being_rebuilt',
      'own_request',
      'not_eligible',
      'not_eligible',
      'eligibility_unknown',
      'requester_changed',
      'already_decided',
      'expired',
      'card_outdated',
      'ordering_paused',
    ]);
  });

  it.each([
    ['ordered', 'Already ordered: approved by Clara'],
    ['declined', 'declined by Clara'],
    ['changes_requested', 'requested by Clara'],
    ['withdrawn', 'withdrawn by Clara'],
    ['closed_elsewhere', 'closed in Fleet'],
  ] as const)('the loser is told who decided: %s', (state: RequestStateKind, words) => {
    expect(refusalText({ kind: 'already_decided', by: clara, state })).toContain(words);
    expect(refusalText({ kind: 'already_decided', by: null, state })).not.toContain('by Clara');
  });

  it('stands at New approver where it is about who was named', () => {
    const about = refusals.filter((refusal) => newApproverProblem(refusal) !== null).map(({ kind }) => kind);
    expect(about).toEqual(['own_request', 'not_eligible', 'not_eligible', 'eligibility_unknown', 'same_approver']);
    expect(remindedText(aRequest())).toContain('Clara Rossi');
  });
});

/** As each reader gets it. */
const worded = (told: readonly AddressedNotice[]) =>
  told.map(({ to, notice }) => ({ to, text: noticeMessage(notice).text }));

describe('a notice about a request', () => {
  const to = (state: keyof typeof states) => decisionNotices(aRequest({ state: states[state] })).map((one) => one.to);
  it('goes to whoever would not look at the card', () => {
    expect(to('ordered')).toEqual([anna.slackUserId]);
    expect(to('declined')).toEqual([anna.slackUserId]);
    expect(to('changes_requested')).toEqual([anna.slackUserId]);
    expect(to('withdrawn')).toEqual([clara.slackUserId]);
    expect(to('expired')).toEqual([anna.slackUserId, clara.slackUserId]);
    expect(to('closed_elsewhere')).toEqual([anna.slackUserId, clara.slackUserId]);
    expect([...to('pending'), ...to('validating'), ...to('unconfirmed')]).toEqual([]);
  });

  it('calls it a request while nothing was ordered', () => {
    for (const kind of ['declined', 'changes_requested', 'expired'] as const)
      expect(worded(decisionNotices(aRequest({ state: states[kind] })))[0]?.text).toMatch(
        /your request for 2 devices \(order 42\)/iu,
      );
  });

  it('says expired, never declined', () => {
    const texts = worded(decisionNotices(aRequest({ state: states.expired }))).map(({ text }) => text);
    for (const text of texts) expect(text).toMatch(/expired.*Nothing was ordered/u);
    expect(texts.join()).not.toContain('declined');
  });

  it('says what is and what is not ordered', () => {
    const text = (over: object) =>
      worded(decisionNotices(aRequest(over)))
        .map((one) => one.text)
        .join();
    expect(text({ state: states.ordered })).toMatch(/^Ordered\. Your order 42 \(2 devices\) is with Fleet\.$/u);
    expect(text({ state: { ...states.ordered, signatoryConfirmed: false } })).toContain(signatoryUnconfirmedText);
    expect(text({ state: { ...states.closed_elsewhere, how: 'gone' } })).toContain(
      `no longer in Fleet. ${nothingOrderedText}`,
    );
    const difference = { missing: [], extra: [], total: null };
    expect(text({ difference })).toContain('decide again');
    expect(text({ problem: { operation: 'validateCart', kind: 'unreachable' } })).toContain("didn't go through");
  });

  it('tells the requester what only they can change, and not what passes by itself', () => {
    const told = (problem: FleetFailure) => decisionNotices(aRequest({ problem })).map(({ to }) => to);
    const gone = { operation: 'patchCart', kind: 'rejected', code: 'PRODUCT_NOT_FOUND', status: 404 } as const;
    expect(told(gone)).toEqual([clara.slackUserId, anna.slackUserId]);
    expect(told({ operation: 'validateCart', kind: 'unreachable' })).toEqual([clara.slackUserId]);
    expect(worded(decisionNotices(aRequest({ problem: gone })))[1]?.text).toMatch(
      /^Your order 42 .*what to do next\.$/u,
    );
  });

  it('does not say that nothing was ordered while that is being checked', () => {
    for (const kind of ['declined', 'changes_requested', 'withdrawn', 'expired'] as const) {
      const request = aRequest({ state: states[kind], ending: 'told' });
      for (const { text } of worded(decisionNotices(request))) {
        expect(text).toContain(stillCheckingText);
        expect(text).not.toContain(nothingOrderedText);
      }
      const checked = worded(decisionNotices({ ...request, ending: 'checked' }));
      expect(checked).toEqual(worded(decisionNotices(aRequest({ state: states[kind] }))));
    }
  });

  it('says what had been told when Fleet ordered it all the same, and what to do', () => {
    const wordedAfter = (despite: Despite, state: RequestState = states.ordered) =>
      worded(decisionNotices(aRequest({ state: { ...state, despite } as RequestState })));
    const by = { ...clara, name: '<!here>' };
    for (const [despite, words] of [
      [{ kind: 'declined', by: clara }, 'although Clara Rossi had declined it'],
      [{ kind: 'changes_requested', by: clara }, 'although Clara Rossi had asked for changes'],
      [{ kind: 'withdrawn', by: anna }, 'although Anna Keller had withdrawn it'],
      [{ kind: 'expired' }, 'although it had expired without a decision'],
      [{ kind: 'pending' }, "although we'd said that it didn't go through"],
      [{ kind: 'gone' }, 'although Fleet had no longer shown its cart'],
    ] as const satisfies readonly (readonly [Despite, string])[]) {
      const told = [
        { to: anna.slackUserId, text: `Fleet ordered your request for 2 devices (order 42) ${words}. ${unwantedText}` },
        {
          to: clara.slackUserId,
          text: `Fleet ordered Anna Keller's request for 2 devices (order 42) ${words}. ${unwantedText}`,
        },
      ];
      expect(wordedAfter(despite)).toEqual(told);
      expect(wordedAfter(despite, states.closed_elsewhere)).toEqual(told);
    }
    expect(wordedAfter({ kind: 'declined', by })[0]?.text).not.toContain('<!here>');
    // Whoever signed may not be who is asked now.
    expect(wordedAfter({ kind: 'expired' }, { ...states.ordered, by: dan }).map(({ to }) => to)).toEqual([
      anna.slackUserId,
      clara.slackUserId,
      dan.slackUserId,
    ]);
  });

  it('does not call an order what was put away in Fleet', () => {
    const told = worded(decisionNotices(aRequest({ state: { ...states.closed_elsewhere, isPutAway: true } })));
    expect(told).toHaveLength(2);
    for (const { text } of told) expect(text).toContain("doesn't say whether it was ordered");
  });

  it('tells the approver whose request was withdrawn', () => {
    expect(worded(decisionNotices(aRequest({ state: states.withdrawn })))).toEqual([
      { to: clara.slackUserId, text: expect.stringMatching(/^Anna Keller's request .* was withdrawn\./u) },
    ]);
  });

  it('says whose request Fleet ordered, and not by whom: an approval that Redis forgot looks the same', () => {
    expect(worded(decisionNotices(aRequest({ state: states.closed_elsewhere })))).toEqual([
      {
        to: anna.slackUserId,
        text: expect.stringMatching(/^Your order 42 .* was ordered in Fleet\. We have no record of who ordered it\.$/u),
      },
      {
        to: clara.slackUserId,
        text: expect.stringMatching(/^Anna Keller's .* was ordered in Fleet\. We have no record of who ordered it\.$/u),
      },
    ]);
  });

  it('asks an approver again who was asked before', () => {
    expect(worded(askedAgainNotices(aRequest()))).toEqual([
      { to: clara.slackUserId, text: expect.stringMatching(/^Anna Keller's .* is waiting for you again\./u) },
    ]);
  });

  it('tells the requester which deputy is now the approver, and for whom', () => {
    expect(worded(deputyNotices(aRequest({ approver: dan }), clara))).toEqual([
      { to: anna.slackUserId, text: expect.stringMatching(/^Clara Rossi is away, so Dan O'Neil is now the approver/u) },
    ]);
  });

  it('reminds the approver and asks the requester for another one', () => {
    expect(worded(reminderNotices(aRequest()))).toMatchObject([
      { to: clara.slackUserId, text: expect.stringMatching(/^Reminder: .* expires <!date/u) },
    ]);
    expect(approverUnavailableNotices(aRequest())).toMatchObject([{ to: anna.slackUserId }]);
  });

  it('says after an approval that was not sent whether the approver may press again', () => {
    expect(worded(signerRefusedNotices(aRequest()))).toMatchObject([
      {
        to: clara.slackUserId,
        text: expect.stringMatching(/wasn't ordered: we couldn't check .* Press Approve again\.$/u),
      },
    ]);
    const gone = aRequest({ approverGone: true });
    expect(decisionNotices(gone)).toEqual(approverUnavailableNotices(gone));
    expect(worded(signerRefusedNotices(gone))).toEqual([
      ...worded(approverUnavailableNotices(gone)),
      { to: clara.slackUserId, text: expect.stringMatching(/wasn't ordered: you can no longer approve it\.$/u) },
    ]);
  });

  it('says after an approval that was not sent that the requester is no longer who they were, and what to do', () => {
    expect(worded(requesterChangedNotices(aRequest()))).toEqual([
      {
        to: clara.slackUserId,
        text: expect.stringMatching(/wasn't ordered: .*Anna Keller.* has left, .* Decline the request/u),
      },
    ]);
  });

  it('tells both of a request that was restored what they have to do about it', () => {
    expect(worded(restoredNotices(aRequest({ lines: [] })))).toEqual([
      { to: anna.slackUserId, text: expect.stringMatching(/your request for 2 devices .* still waiting/u) },
      { to: clara.slackUserId, text: expect.stringContaining(`${nothingOrderedText} Review the card`) },
    ]);
    const closed = aRequest({ state: states.closed_elsewhere });
    expect(restoredNotices(closed)).toEqual(decisionNotices(closed));
  });

  it('tells both of a request that was lost and whose cart has changed since', () => {
    expect(worded(replacedNotices(aRequest({ lines: [] })))).toEqual([
      { to: anna.slackUserId, text: expect.stringContaining(`${nothingOrderedText} Send your cart again`) },
      { to: clara.slackUserId, text: expect.stringMatching(/^Anna Keller has changed the cart .* withdrawn/u) },
    ]);
  });
});

describe('the modals behind the buttons', () => {
  it.each([
    [declineModal, 'Decline request', 'Reason', 'Decline'],
    [askForChangesModal, 'Ask for changes', 'What should change?', 'Send'],
    [reassignModal, 'Reassign', 'New approver', 'Reassign'],
    [chooseApproverModal, 'Choose another approver', 'New approver', 'Choose'],
  ] as const)('%o', (modal, title, label, submit) => {
    const view = modal('signed metadata');
    expect(judgeView({ faults: createFaults() }, { ...view }, 'modal')).toEqual([]);
    expect(view).toMatchObject({
      title: { text: title },
      submit: { text: submit },
      private_metadata: 'signed metadata',
      close: { text: 'Cancel' },
      blocks: [{ type: 'input', label: { text: label } }],
    });
    expect(view.blocks[0]).not.toHaveProperty('optional');
  });

  it('read back what was typed; blanks alone are nothing', () => {
    const typed = (value: string | null) => ({ reason: { reason: { value } }, wish: { wish: { value } } });
    expect(readWords(typed(' too dear '), 'reason')).toEqual({ ok: true, value: 'too dear' });
    expect(readWords(typed(' \n '), 'reason')).toEqual({ ok: false, errors: { reason: 'Enter a reason.' } });
    expect(readWords(typed('\u200b\u2060 \u3164'), 'wish').ok).toBe(false);
    const endless = readWords(typed('x'.repeat(900_000)), 'reason');
    expect(endless.ok && endless.value.length).toBe(1_000);
    expect(readWords(typed(null), 'wish')).toEqual({ ok: false, errors: { wish: 'Enter what should change.' } });
    expect(readWords({}, 'wish').ok).toBe(false);
  });

  it('read back who was chosen', () => {
    expect(readNewApprover({ new_approver: { new_approver: { selected_user: 'U0DAN' } } })).toEqual({
      ok: true,
      value: 'U0DAN',
    });
    expect(readNewApprover({})).toEqual(newApproverError('Choose an approver.'));
  });
});
