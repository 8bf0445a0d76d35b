import { expect, it } from 'vitest';
import { type AuditEntry, isInAudit } from '../../src/domain/audit.ts';
import { aRequest, clara } from './a-request.ts';

const none = { requestId: null, fleetOrderId: null };
const entry: AuditEntry = {
  ...{ at: 1, by: clara, did: 'settings_changed', from: null, to: null, surface: 'settings', outcome: 'admins' },
  ...none,
};
const { id: requestId, fleetOrderId } = aRequest();

it.each([
  ['a decision', { did: 'request_declined', requestId, fleetOrderId }, 'orders'],
  ['a request of an unknown number', { did: 'request_declined', requestId }, 'orders'],
  ["a cart that Fleet hasn't numbered", { did: 'cart_created' }, 'orders'],
  ['a setting', {}, 'company'],
  ['a link', { did: 'person_linked' }, 'company'],
] as const)('%s is in one of the two parts of the audit log, and in the whole', (_, over, part) => {
  const about = { ...entry, ...over };
  expect(isInAudit(about, 'all')).toBe(true);
  expect((['orders', 'company'] as const).filter((filter) => isInAudit(about, filter))).toEqual([part]);
});
