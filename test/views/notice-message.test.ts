import { describe, expect, it } from 'vitest';
import type { FleetOrderId, FleetUserId, RequestId, SlackChannelId, SlackMessageTs } from '../../src/domain/ids.ts';
import type { OldSentence, QueuedNotice } from '../../src/domain/notices.ts';
import { noticeMessage, rewrittenMessage } from '../../src/views/notice-message.ts';
import { settingLabel } from '../../src/views/settings/root.ts';
import { anna, aRequest, clara, dan, states } from '../domain/a-request.ts';
import { wordsOfMessage } from './taken-by-slack.ts';

const shows = (notice: QueuedNotice) => {
  const shown = noticeMessage(notice);
  return { text: shown.text, words: wordsOfMessage(shown) };
};

describe('a message to admins', () => {
  const failure = { operation: 'validateCart', kind: 'rejected', code: 'INVALID_PURCHASER', status: 400 } as const;
  const refused = { kind: 'fleet_needs_admin', failure, about: null, fleetOrderId: null } as const;

  it.each([
    [{ about: { ...anna, name: 'Anna <!here>' } }, '*Action needed:* Fleet rejected a cart of Anna &lt;!here&gt;.\n'],
    [{ fleetOrderId: 42 as FleetOrderId }, '*Action needed:* Fleet rejected order 42.\n'],
    [{ about: anna, fleetOrderId: 42 as FleetOrderId }, '*Action needed:* Fleet rejected order 42 of Anna Keller.\n'],
  ])('names whom and which order, as far as it is about one: %j', (about, begins) => {
    const { text, words } = shows({ ...refused, ...about });

    expect(text.slice(0, begins.length)).toBe(begins);
    expect(text).toContain('Nothing was ordered');
    expect(words).toEqual([text]);
  });

  it('does not say that Fleet rejected what it never answered', () => {
    const unanswered = { operation: 'validateCart', kind: 'no_answer', why: 'timeout' } as const;

    const { text } = shows({ ...refused, failure: unanswered, about: anna, fleetOrderId: 42 as FleetOrderId });

    expect(text).toContain('*Action needed:* Check order 42 of Anna Keller in Fleet.');
    expect(text).not.toContain('rejected');
  });

  it('says who is no longer an approver, and that the requester was asked', () => {
    const requestId = 'req1' as RequestId;

    expect(shows({ kind: 'approver_gone', requestId, approver: clara, requester: anna }).text).toBe(
      "*Clara Rossi can't approve:* they can't be reached in Slack or are no longer an approver. We asked Anna Keller to choose another approver.",
    );
  });

  it('says that orders go on when the announcement channel takes no messages', () => {
    expect(shows({ kind: 'announcements_refused' }).text).toMatch(/Orders aren't affected.*`\/fleet settings`/u);
  });

  it('has the way on below a pause', () => {
    const { words } = shows({ kind: 'ordering_paused', failure: { operation: 'listCarts', kind: 'unauthorized' } });

    expect(words).toEqual([expect.stringContaining('*Ordering is paused for everyone:*'), 'Try again']);
  });
});

it('tells approvers who changed what about approving, with the name taken literally', () => {
  const changed = { kind: 'signing_settings_changed', changed: ['approvers', 'selfApproval'] } as const;
  const what = `(${settingLabel('approvers')}, ${settingLabel('selfApproval')})`;

  expect(shows({ ...changed, by: 'Anna <!here>' }).text).toMatch(/^Anna &lt;!here&gt; changed/u);
  expect(shows({ ...changed, by: 'Anna' }).text).toContain(what);
  expect(shows({ ...changed, by: null }).text).toMatch(/^An admin changed/u);
});

it('tells a person which Fleet user they were linked to, with the name taken literally', () => {
  expect(shows({ kind: 'person_linked', fleetUserId: 11 as FleetUserId, name: 'Anna <!here>' }).text).toContain(
    'Anna &lt;!here&gt; (Fleet user 11)',
  );
});

it('shows a sentence that an older release queued literally', () => {
  expect(shows({ kind: 'sentence', text: 'Anna & <!channel>' as OldSentence['text'] }).words).toEqual([
    'Anna &amp; &lt;!channel&gt;',
  ]);
});

it('sends nothing where a newer release queued what this one has no words for', () => {
  expect(() => noticeMessage({ kind: 'of_a_newer_release' } as never)).toThrow('no words');
});

it('tells a requester who decides now', () => {
  const about = { fleetOrderId: 42 as FleetOrderId, devices: 2, requester: 'Anna' };
  expect(shows({ kind: 'reassigned', about, by: 'Clara <!here>', to: 'Dan' }).text).toBe(
    'Clara &lt;!here&gt; reassigned your request for 2 devices (order 42) to Dan, who decides now.',
  );
});

describe('a message whose time has passed', () => {
  const about = { fleetOrderId: 42 as FleetOrderId, devices: 2, requester: 'Anna' };
  const sent = { channel: 'D1' as SlackChannelId, ts: '1.0' as SlackMessageTs };
  const reads = (to: typeof anna, request = aRequest({ state: states.declined })) => {
    const notice = { kind: 'reminder', about, expiresAt: 1 } as const;
    const shown = rewrittenMessage({ ...sent, to: to.slackUserId, notice }, request);
    expect(wordsOfMessage(shown)).toEqual([shown.text]);
    return shown.text;
  };

  it('says what became of the request instead', () => {
    expect(reads(clara)).toMatch(/^Anna Keller's request for 2 devices \(order 42\): \*Declined\* by Clara Rossi/u);
    expect(reads(anna)).toMatch(/^Your request for 2 devices \(order 42\): \*Declined\* by Clara Rossi/u);
    expect(reads(dan)).toMatch(/^Anna Keller's request for 2 devices \(order 42\): \*Declined\*/u);
  });

  it('says who decides now to someone who no longer does', () => {
    expect(reads(dan, aRequest())).toBe(
      "Anna Keller's request for 2 devices (order 42): *Reassigned* to Clara Rossi, who decides now.",
    );
  });
});
