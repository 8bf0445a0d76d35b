import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditRow } from '../../../src/domain/audit.ts';
import type { FleetOrderId, RequestId } from '../../../src/domain/ids.ts';
import { AUDIT_PAGE, auditModal, readAuditValue } from '../../../src/views/settings/audit.ts';
import { aRequest, clara, SENT_AT } from '../../domain/a-request.ts';
import { wordsOfModal } from '../taken-by-slack.ts';

const entry: AuditEntry = {
  at: SENT_AT,
  by: clara,
  did: 'request_declined',
  requestId: 'req1' as RequestId,
  fleetOrderId: 42 as FleetOrderId,
  from: 'pending',
  to: 'declined',
  surface: 'card',
  outcome: 'declined',
};
const FILTERS = 3;
const shows = (rows: readonly AuditRow[], next: string | null = null) =>
  wordsOfModal(auditModal({ rows, filter: 'all', next }));
/** Without the date, which Slack writes for each reader. */
const row = (over: Partial<AuditEntry>, request: AuditRow['request'] = aRequest()) => {
  const [shown = ''] = shows([{ entry: { ...entry, ...over }, request }]).slice(FILTERS);
  return shown.replace(/^<!date\^[^>]*> · /u, '');
};

describe('the audit log', () => {
  it('says when there are no entries', () => {
    expect(shows([]).slice(FILTERS)).toEqual(['No entries.']);
  });

  it('has a button for each filter, the chosen one marked, and one for older entries, which keeps the filter', () => {
    const rows = Array.from({ length: AUDIT_PAGE }, () => ({ entry, request: aRequest() }));
    const { blocks } = auditModal({ rows, filter: 'orders', next: '12-0' });

    expect(blocks[0]).toMatchObject({
      elements: [
        { value: 'all', text: { text: 'Everything' } },
        { value: 'orders', style: 'primary' },
        { value: 'company', text: { text: 'Settings and people' } },
      ],
    });
    expect(blocks.at(-1)).toMatchObject({ elements: [{ value: 'orders 12-0', text: { text: 'Show older entries' } }] });
    expect(shows(rows, '12-0')).toHaveLength(AUDIT_PAGE + FILTERS + 1);
  });

  it('reads what its buttons carry, and those of an earlier release', () => {
    expect(readAuditValue('orders 12-0')).toEqual({ filter: 'orders', before: '12-0' });
    expect(readAuditValue('company')).toEqual({ filter: 'company', before: undefined });
    expect(readAuditValue('12-0')).toEqual({ filter: 'all', before: '12-0' });
    expect(readAuditValue('<b>')).toEqual({ filter: 'all', before: undefined });
    expect(readAuditValue()).toEqual({ filter: 'all', before: undefined });
  });

  const order = '*order 42* of Anna Keller (2 devices, €109.80/month)';
  it.each([
    [{}, `<@U0CLARA> declined ${order} on the card`],
    [{ did: 'changes_requested', surface: 'home' }, `<@U0CLARA> asked for changes to ${order} on the Home tab`],
    [{ by: 'fleet_for_slack', did: 'validate_claimed', surface: 'job' }, `Fleet for Slack sent ${order} to Fleet`],
    [{ did: 'deputy_ended', surface: 'modal' }, '<@U0CLARA> is back: requests come to them again in a window'],
    [{ did: 'deputy_named', outcome: 'U0DAN', surface: 'job' }, '<@U0CLARA> named <@U0DAN> as their backup'],
    [
      { did: 'person_linked', from: 'U0DAN', to: 'Fleet user 7', surface: 'command' },
      '<@U0CLARA> linked <@U0DAN> to Fleet user 7 by command',
    ],
    [{ did: 'person_linked', from: null, to: null, surface: 'job' }, '<@U0CLARA> linked <@> to '],
    [
      { did: 'person_unlinked', from: 'U0DAN', to: 'Fleet user 7', surface: 'job' },
      '<@U0CLARA> removed the link from <@U0DAN> to Fleet user 7',
    ],
    [{ did: 'person_unlinked', from: null, to: null, surface: 'job' }, '<@U0CLARA> removed the link from <@> to '],
    [{ did: 'status_changed', outcome: 'SHIPPED', surface: 'job' }, `<@U0CLARA> saw that ${order} is now *🚚 Shipped*`],
    [
      { did: 'settings_changed', outcome: 'priceLimits', surface: 'settings' },
      '<@U0CLARA> changed *Price limit for one device* in the settings',
    ],
    [{ did: 'settings_changed', outcome: 'of<b>tomorrow', surface: 'job' }, '<@U0CLARA> changed *of&lt;b&gt;tomorrow*'],
    [{ did: 'made_by_<tomorrow>', surface: 'of_tomorrow' as never }, `<@U0CLARA> made by &lt;tomorrow&gt;: ${order}`],
    [{ did: 'constructor', surface: 'toString' as never }, `<@U0CLARA> constructor: ${order}`],
    [
      { did: 'approval_pressed', reason: 'Alone <!here>' },
      `<@U0CLARA> approved ${order} on the card as their own request: “Alone &lt;!here&gt;”`,
    ],
  ] as const)('says in words who did what: %j', (over, shown) => {
    expect(row(over)).toBe(shown);
  });

  it('names the number where the request is no longer known, and a cart without one', () => {
    expect(row({}, null)).toBe('<@U0CLARA> declined order 42 on the card');
    expect(row({ did: 'cart_created', fleetOrderId: null }, null)).toBe(
      '<@U0CLARA> started a cart: a cart on the card',
    );
  });

  it('says of what it has no words for what the log calls it', () => {
    expect(row({ did: 'thing_1', fleetOrderId: null, requestId: null, surface: 'job' }, null)).toBe(
      '<@U0CLARA> thing 1',
    );
    expect(row({ did: 'thing_1', fleetOrderId: null, surface: 'job' }, null)).toBe('<@U0CLARA> thing 1: a cart');
  });

  it.each([
    ...['request_sent', 'request_withdrawn', 'request_expired', 'request_handed_over', 'approver_chosen_anew'],
    ...['handed_to_deputy', 'approver_reminded', 'approver_lost', 'approver_press_refused', 'requester_press_refused'],
    ...['request_superseded', 'request_rebuilt', 'approval_waits', 'validate_turned_away', 'validate_unanswered'],
    ...['second_validate_claimed', 'order_looked_up', 'order_placed', 'fleet_refused', 'signer_refused'],
    ...['cart_differs', 'cart_changed_elsewhere', 'cart_not_shown', 'cart_shown_again', 'ending_checked'],
    ...['ending_unclear', 'closed_elsewhere', 'cart_changed', 'cart_put_back', 'gone_from_fleet', 'ordered_already'],
    'closed_in_fleet',
    ...['not_yours', 'ordering_paused', 'ordering_resumed', 'workspace_stopped', 'workspace_resumed'],
  ])('has words for %s', (did) => {
    expect(row({ did })).not.toContain(`${did.replaceAll('_', ' ')}: `);
    expect(row({ did })).not.toMatch(/_|undefined/u);
  });
});
