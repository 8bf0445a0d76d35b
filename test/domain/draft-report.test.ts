import { describe, expect, it } from 'vitest';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { FleetUserId, RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { draftReport, isToBeSent, maySeeDraft } from '../../src/domain/orders/reports.ts';
import { aDraft, aLine, aSnapshot, euros } from './a-line.ts';

const held = aSnapshot([101, 101], '109.80');

describe('the report of a cart that is not sent', () => {
  it.each<[string, Partial<DraftCart>, number, number, string | null]>([
    ['ours: the rows as sent and Fleet’s total', {}, 1, 0, '54.90'],
    ['emptied: what Fleet keeps', { lines: [], standing: 'emptied', fleetHolds: held }, 0, 1, '109.80'],
    ['found: what Fleet has', { lines: [], standing: 'found', fleetHolds: held }, 0, 1, '109.80'],
    [
      'found and in part completed: Fleet’s total is of other devices',
      { standing: 'found', fleetHolds: held },
      1,
      1,
      null,
    ],
    ['never told to Fleet', { fleetHolds: null }, 1, 0, null],
  ])('%s', (_, over, rows, devices, total) => {
    const report = draftReport(aDraft(over));

    expect(report.rows).toHaveLength(rows);
    expect(report.held).toHaveLength(devices);
    expect(report.total.fleet).toEqual(total === null ? null : euros(total));
  });
});

it.each<[Partial<DraftCart>, boolean]>([
  [{}, true],
  [{ lines: [], standing: 'found', fleetHolds: held }, true],
  [{ lines: [], standing: 'found', fleetHolds: aSnapshot([]) }, false],
  [{ lines: [], standing: 'found', fleetHolds: null }, false],
  [{ lines: [], standing: 'emptied', fleetHolds: held }, false],
  [{ lines: [], fleetHolds: null }, false],
  [{ lockedBy: 'r1' as RequestId }, false],
])('%j can be sent: %s', (over, can) => {
  expect(isToBeSent(aDraft(over))).toBe(can);
});

describe('who may see a cart that is not sent', () => {
  const owner = 'U0BEN' as SlackUserId;
  const draft = aDraft({ lines: [aLine({ fleetUserId: 11 as FleetUserId }), aLine({ fleetUserId: null })] });
  const viewer = { slackUserId: 'U0EVA' as SlackUserId, fleetUserId: 13 as FleetUserId, isAdmin: false };

  it.each([
    ['its owner', { ...viewer, slackUserId: owner }, true],
    ['somebody whom a line is for', { ...viewer, fleetUserId: 11 as FleetUserId }, true],
    ['an admin', { ...viewer, isAdmin: true }, true],
    ['anybody else', viewer, false],
    ['somebody without a Fleet user, while a line is not assigned yet', { ...viewer, fleetUserId: null }, false],
  ])('%s: %s', (_, who, may) => {
    expect(maySeeDraft(who, owner, draft)).toBe(may);
  });
});
