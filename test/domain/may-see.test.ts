import { expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import { maySeeRequest, type Viewer } from '../../src/domain/orders/reports.ts';
import { aLine } from './a-line.ts';
import { anna, aRequest, clara, dan } from './a-request.ts';

const eva = 31 as FleetUserId;
const request = aRequest({ lines: [aLine({ fleetUserId: eva }), aLine({ fleetUserId: null })] });
const nobody: Viewer = { slackUserId: 'U0NOBODY' as SlackUserId, fleetUserId: null, isAdmin: false };

it.each([
  ['the requester', { ...nobody, slackUserId: anna.slackUserId }, true],
  ['the approver', { ...nobody, slackUserId: clara.slackUserId }, true],
  ['a person that a line is for', { ...nobody, fleetUserId: eva }, true],
  ['an admin', { ...nobody, isAdmin: true }, true],
  ['a colleague', { ...nobody, ...dan }, false],
  ['somebody without a Fleet user, where a line is not assigned yet', nobody, false],
])('%s sees a request: %s', (_, viewer, may) => {
  expect(maySeeRequest(viewer, request)).toBe(may);
});
