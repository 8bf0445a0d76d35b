import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { FleetOrderId, RequestId } from '../../../src/domain/ids.ts';
import { AUDIT_PAGE, auditModal } from '../../../src/views/settings/root.ts';
import { clara, SENT_AT } from '../../domain/a-request.ts';
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
/** Without the date, which Slack writes for each reader. */
const row = (over: Partial<AuditEntry>) => {
  const [shown = ''] = wordsOfModal(auditModal([{ ...entry, ...over }], null));
  return shown.replace(/^<!date\^[^>]*> · /u, '');
};

describe('the audit log', () => {
  it('says when nothing was done yet', () => {
    expect(wordsOfModal(auditModal([], null))).toEqual(['No entries yet.']);
  });

  it('has a button for older entries where there are some', () => {
    const page = Array.from({ length: AUDIT_PAGE }, () => entry);
    const words = wordsOfModal(auditModal(page, 'older than 21'));

    expect(words).toHaveLength(AUDIT_PAGE + 1);
    expect(words.at(-1)).toBe('Show older entries');
    expect(auditModal(page, 'older than 21').blocks.at(-1)).toMatchObject({ elements: [{ value: 'older than 21' }] });
  });

  it.each([
    [{}, '<@U0CLARA> · *request declined* · order 42 · request req1 · pending → declined · declined (card)'],
    [
      { by: 'fleet_for_slack', to: null },
      'Fleet for Slack · *request declined* · order 42 · request req1 · pending → – · declined (card)',
    ],
    [{ from: null }, '<@U0CLARA> · *request declined* · order 42 · request req1 · – → declined · declined (card)'],
    [
      {
        did: 'deputy_ended',
        requestId: null,
        fleetOrderId: null,
        from: null,
        to: null,
        surface: 'modal',
        outcome: 'back',
      },
      '<@U0CLARA> · *deputy ended* · back (modal)',
    ],
    [
      { did: 'deputy_named', from: null, to: null, outcome: 'U0DAN' },
      '<@U0CLARA> · *deputy named* · order 42 · request req1 · <@U0DAN> (card)',
    ],
    [
      { did: 'settings_changed', outcome: 'priceLimits' },
      '<@U0CLARA> · settings changed: *Price limit for one device*',
    ],
    [{ did: 'settings_changed', outcome: 'of<b>tomorrow' }, '<@U0CLARA> · settings changed: *of&lt;b&gt;tomorrow*'],
  ] as const)('says who did what to which order, as far as it was about one: %j', (over, shown) => {
    expect(row(over)).toBe(shown);
  });
});
