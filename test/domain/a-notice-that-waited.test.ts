import { expect, it } from 'vitest';
import type { FleetOrderId, SlackChannelId, SlackMessageTs } from '../../src/domain/ids.ts';
import { isPast, isToBeRewritten } from '../../src/domain/request/notices.ts';
import { anna, aRequest, clara, dan, states } from './a-request.ts';

const about = { fleetOrderId: 42 as FleetOrderId, devices: 2, requester: 'Anna Keller' };
const reminder = { kind: 'reminder', about, expiresAt: 1 } as const;
const declined = { kind: 'request_declined', about, by: 'Clara Rossi', reason: 'Too dear' } as const;
const gone = { kind: 'closed_elsewhere', about, reader: 'requester', how: 'gone' } as const;
const ordered = { kind: 'closed_elsewhere', about, reader: 'requester', how: 'ordered' } as const;
const afterAll = { kind: 'ordered_after_all', about, reader: 'requester', despite: { kind: 'expired' } } as const;
const goneState = { ...states.closed_elsewhere, how: 'gone', clientStatus: null } as const;

it.each([
  ['waits', false, reminder, states.pending],
  ['waits, while it is being sent', true, reminder, states.validating],
  ['waits, once it is ordered', true, reminder, states.ordered],
  ['waits, once it is over', true, reminder, states.declined],
  ['was declined', false, declined, states.declined],
  ['was declined, once it was sent again', false, declined, states.pending],
  ['was declined, once Fleet has ordered it', true, declined, states.ordered],
  ['was declined, once it was ordered in the cockpit', true, declined, states.closed_elsewhere],
  ['was replaced by another cart', false, { kind: 'request_replaced', about, reader: 'requester' }, states.withdrawn],
  ['is gone', false, gone, goneState],
  ['is gone, once it was ordered', true, gone, states.ordered],
  ['was ordered in the cockpit', false, ordered, states.closed_elsewhere],
  ['was ordered although it was declined', false, afterAll, states.ordered],
  ['was put away', false, { ...ordered, how: 'put_away' }, states.closed_elsewhere],
  ['was ordered', false, { kind: 'request_ordered', about, signatoryConfirmed: true }, states.ordered],
] as const)('a message that waited for Slack and says that a request %s has passed: %s', (_, isOver, notice, state) => {
  expect(isPast(notice, aRequest({ state }))).toBe(isOver);
});

const waits = [
  { kind: 'reassigned', about, by: 'Clara Rossi', to: 'Dan' },
  { kind: 'cart_differs', about },
  { kind: 'fleet_refused', about, reader: 'approver' },
  { kind: 'approver_needed', about, lost: 'Clara Rossi' },
  { kind: 'may_not_sign', about },
  { kind: 'eligibility_unclear', about },
  { kind: 'requester_changed', about },
  { kind: 'asked_again', about },
  { kind: 'deputy_asked', about, deputy: 'Dan', away: 'Clara Rossi' },
  { kind: 'request_restored', about, reader: 'approver' },
] as const;
const ends = [
  { kind: 'changes_requested', about, by: 'Clara Rossi', wish: 'Smaller' },
  { kind: 'request_withdrawn', about, by: 'Anna Keller' },
  { kind: 'request_expired', about, reader: 'approver' },
] as const;

it.each(waits)('$kind has passed once the request no longer waits', (notice) => {
  const approverGone = notice.kind === 'approver_needed';
  expect(isPast(notice, aRequest({ approverGone }))).toBe(false);
  expect(isPast(notice, aRequest({ approverGone, state: states.unconfirmed }))).toBe(true);
});

it.each(ends)('$kind has passed only once it is an order', (notice) => {
  expect(isPast(notice, aRequest())).toBe(false);
  expect(isPast(notice, aRequest({ state: states.ordered }))).toBe(true);
});

it('the wish for another approver has passed once one was chosen', () => {
  expect(isPast({ kind: 'approver_needed', about, lost: 'Clara Rossi' }, aRequest({ approver: dan }))).toBe(true);
});

const place = { channel: 'D1' as SlackChannelId, ts: '1.0' as SlackMessageTs };

it.each([
  ['stays while the request waits', clara, states.pending, false],
  ['stays while Fleet is asked, as it may wait again', clara, states.validating, false],
  ['stays while Fleet is asked once more', clara, states.unconfirmed, false],
  ['is rewritten once it is decided', clara, states.declined, true],
  ['is rewritten for whoever is no longer asked', dan, states.pending, true],
] as const)('a reminder that was sent %s', (_, { slackUserId: to }, state, isRewritten) => {
  expect(isToBeRewritten({ ...place, to, notice: reminder }, aRequest({ state }))).toBe(isRewritten);
});

it('what the requester was told is rewritten only once it has passed', () => {
  const told = { ...place, to: anna.slackUserId, notice: declined };
  expect(isToBeRewritten(told, aRequest({ state: states.declined }))).toBe(false);
  expect(isToBeRewritten(told, aRequest({ state: states.ordered }))).toBe(true);
});
