import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';
import type { Notice } from '../../src/domain/notices.ts';
import type { DeviceRequest, RequestState } from '../../src/domain/request/request.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import type { CartChange, Work } from '../../src/domain/work.ts';
import { createCodec } from '../../src/store/codec.ts';
import { workItemCodec } from '../../src/store/outbox.ts';
import { requestCodec } from '../../src/store/requests.ts';
import { createSettingsCodec } from '../../src/store/workspace.ts';
import { ana, aRequest, ben, orderId, requestId } from './support/records.ts';
import { aWorkspaceId } from './support/redis-for-tests.ts';

const workspaceId = aWorkspaceId();
const id = <T>(value: string | number) => value as T;

const choice = {
  deliveryCountry: id<never>('DE'),
  category: null,
  productGroupId: id<never>(1),
  productId: id<never>(2),
  keyboardLayout: null,
  quantity: 2,
  assignee: { kind: 'person', fleetUserId: id<never>(4), name: 'Ana' },
  shippingAddressId: null,
  mode: 'BUY',
} as const;
const changes: readonly CartChange[] = [
  { kind: 'add', choice },
  { kind: 'edit', row: '1|DE', choice: { ...choice, assignee: { kind: 'me' } } },
  { kind: 'remove', row: '1|DE' },
  { kind: 'complete_found', productId: id(2), choice: { ...choice, assignee: { kind: 'nobody_yet' } } },
  { kind: 'remove_found', productId: null },
  { kind: 'replace_existing', fleetOrderId: orderId(42), choice },
];
const failures: readonly FleetFailure[] = [
  { operation: 'validateCart', kind: 'rejected', code: 'PAYMENT_METHOD_REQUIRED', status: 409 },
  { operation: 'patchCart', kind: 'rejected_in_words', words: 'No <b>way</b>', status: 400 },
  { operation: 'patchCart', kind: 'unauthorized' },
  { operation: 'patchCart', kind: 'insufficient_scope' },
  { operation: 'patchCart', kind: 'company_not_found' },
  { operation: 'patchCart', kind: 'rate_limited', retryAfterMs: 5 },
  { operation: 'patchCart', kind: 'unavailable', status: 503 },
  { operation: 'patchCart', kind: 'unreachable' },
  { operation: 'patchCart', kind: 'no_answer', why: 'timeout' },
  { operation: 'patchCart', kind: 'unreadable', issue: 'HTML', status: 200 },
];
const slackUserId = ana.slackUserId;
const side = { slackUserId, fleetUserId: ana.fleetUserId };
const carry = { approver: null, note: 'n', words: '' };
const about = { fleetOrderId: orderId(42), devices: 2, requester: 'Ana' };
const reader = 'approver';
const noticeOf: { readonly [Kind in Notice['kind']]: Omit<Extract<Notice, { kind: Kind }>, 'kind'> } = {
  request_ordered: { about, signatoryConfirmed: false },
  request_declined: { about, by: 'Ben', reason: 'Too dear' },
  changes_requested: { about, by: 'Ben', wish: 'A smaller one' },
  request_withdrawn: { about, by: 'Ana' },
  request_expired: { about, reader },
  closed_elsewhere: { about, reader, how: 'gone' },
  ordered_after_all: { about, reader, despite: { kind: 'declined', by: ben } },
  cart_differs: { about },
  fleet_refused: { about, reader },
  reminder: { about, expiresAt: 5 },
  approver_needed: { about, lost: 'Ben' },
  may_not_sign: { about },
  eligibility_unclear: { about },
  requester_changed: { about },
  asked_again: { about },
  deputy_asked: { about, deputy: 'Dan', away: 'Ben' },
  reassigned: { about, by: 'Ben', to: 'Dan' },
  request_restored: { about, reader },
  request_replaced: { about, reader },
  fleet_needs_admin: { failure: { operation: 'patchCart', kind: 'unreachable' }, about: ana, fleetOrderId: null },
  ordering_paused: { failure: { operation: 'patchCart', kind: 'insufficient_scope' } },
  order_status: { reader: 'signatory', fleetOrderId: orderId(42), clientStatus: 'SIGNING', requester: ana },
  approver_gone: { requestId: requestId('r'), approver: ben, requester: ana },
  announcements_refused: {},
  signing_settings_changed: { by: null, changed: ['approvers', 'of_a_newer_release' as never] },
  person_linked: { fleetUserId: ana.fleetUserId, name: 'Ana' },
};
const notices = Object.entries(noticeOf).map(([kind, facts]) => ({ kind, ...facts }) as Notice);
const works: readonly Work[] = [
  ...changes.map((change): Work => {
    return {
      kind: 'change_cart',
      tenant: workspaceId,
      slackUserId,
      changeId: id('c'),
      change,
      carry,
      viewId: id('V1'),
    };
  }),
  {
    kind: 'send_request',
    tenant: workspaceId,
    slackUserId,
    changeId: id('c'),
    approverSlackUserId: ben.slackUserId,
    note: '',
    seen: 'f',
    viewId: null,
  },
  { kind: 'carry_out_approval', tenant: workspaceId, requestId: requestId('r') },
  { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: requestId('r') },
  { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: requestId('r'), isExtra: true },
  { kind: 'update_cards', tenant: workspaceId, requestId: requestId('r') },
  { kind: 'remind', tenant: workspaceId, requestId: requestId('r') },
  { kind: 'expire', tenant: workspaceId, requestId: requestId('r') },
  { kind: 'check_ending', tenant: workspaceId, requestId: requestId('r') },
  {
    kind: 'tell',
    tenant: workspaceId,
    to: { kind: 'person', slackUserId },
    notice: { kind: 'sentence', text: id('Nothing.') },
  },
  ...notices.map((notice): Work => {
    return { kind: 'notify', tenant: workspaceId, to: { kind: 'person', slackUserId }, notice };
  }),
  ...failures.map((failure): Work => {
    const notice = { kind: 'fleet_needs_admin', failure, about: ana, fleetOrderId: null } as const;
    return { kind: 'tell', tenant: workspaceId, to: { kind: 'admins' }, notice };
  }),
  {
    kind: 'tell',
    tenant: workspaceId,
    to: { kind: 'admins' },
    notice: { kind: 'approver_gone', requestId: requestId('r'), approver: ben, requester: ana },
  },
  {
    kind: 'rebuild_request',
    tenant: workspaceId,
    card: {
      tenant: workspaceId,
      requestId: requestId('r'),
      fleetOrderId: orderId(42),
      requester: side,
      approver: side,
      expiresAt: 5,
      fingerprint: 'f',
      otherCopy: { channel: id('D1'), ts: id('1.2') },
    },
    pressedBy: ben.slackUserId,
    since: 7,
  },
  { kind: 'refresh_directory', tenant: workspaceId },
  { kind: 'follow_orders', tenant: workspaceId },
];

describe('work items', () => {
  it.each(works.map((work) => [work.kind, work] as const))('carry %s unchanged', (_, work) => {
    expect(workItemCodec.decode(workItemCodec.encode({ id: 'i', work }))).toEqual({ id: 'i', work });
    const later = { id: 'i', notBefore: 5, work };
    expect(workItemCodec.decode(workItemCodec.encode(later))).toEqual(later);
  });
});

describe('requests', () => {
  const states: readonly RequestState[] = [
    { kind: 'pending' },
    { kind: 'validating', by: ben, at: 1, validateSentAt: 2 },
    { kind: 'unconfirmed', by: ben, at: 1, gaveUpAt: 2, looks: 3 },
    { kind: 'ordered', by: ben, at: 1, clientStatus: 'A_FUTURE_STATUS', signatoryConfirmed: false },
    { kind: 'declined', by: ben, at: 1, reason: 'no' },
    { kind: 'changes_requested', by: ben, at: 1, wish: 'smaller' },
    { kind: 'withdrawn', by: ana, at: 1 },
    { kind: 'expired', at: 1 },
    { kind: 'closed_elsewhere', at: 1, how: 'gone', clientStatus: null },
  ];

  it.each(states.map((state) => [state.kind, state] as const))('come back unchanged when %s', (_, state) => {
    const request = aRequest({ tenant: workspaceId, state });
    expect(requestCodec.decode(requestCodec.encode(request))).toEqual(request);
  });

  it.each(failures.map((problem) => [problem.kind, problem] as const))('keep the problem %s', (_, problem) => {
    const request = aRequest({ tenant: workspaceId, problem });
    expect(requestCodec.decode(requestCodec.encode(request))?.problem).toEqual(problem);
  });

  it('keep what differed', () => {
    const total = { from: { amount: '1', currency: id<never>('EUR') }, to: null };
    const difference = { missing: [{ productId: id<never>(7), name: 'Mac', count: 2 }], extra: [], total };
    expect(requestCodec.decode(requestCodec.encode(aRequest({ tenant: workspaceId, difference })))?.difference).toEqual(
      difference,
    );
  });

  it('outlive a problem or a difference that only another release knows', () => {
    const newer = { ...JSON.parse(requestCodec.encode(aRequest({ tenant: workspaceId }))), v: 9 };
    const problem = { operation: 'teleportCart', kind: 'rejected', code: 'TOO_FAR', status: 409 };

    const read = requestCodec.decode(JSON.stringify({ ...newer, problem, difference: 'big' }));

    expect(read).toEqual(aRequest({ tenant: workspaceId }));
  });

  it('keep fields that only a newer release knows, when an older one saves them', () => {
    const stored = { ...JSON.parse(requestCodec.encode(aRequest({ tenant: workspaceId }))), costCentre: 'A1' };
    const read: DeviceRequest | null = requestCodec.decode(JSON.stringify(stored));

    expect(read && JSON.parse(requestCodec.encode(read))).toEqual(stored);
  });

  it.each([
    ['another state', { state: { kind: 'teleported' } }],
    ['another mode', { mode: 'STEAL' }],
    ['no lines', { lines: undefined }],
    ['an order id that is text', { fleetOrderId: '42' }],
  ])('are absent with %s', (_, broken) => {
    const stored = { ...JSON.parse(requestCodec.encode(aRequest({ tenant: workspaceId }))), ...broken };
    expect(requestCodec.decode(JSON.stringify(stored))).toBeNull();
  });
});

describe('a codec', () => {
  const codec = createCodec(z.object({ name: z.string() }));

  it.each([
    ['what had no version yet', { name: 'a' }],
    ['its own version', { v: 1, name: 'a' }],
    ['a newer one that it can still read', { v: 4, name: 'a', more: 1 }],
  ])('reads %s', (_, stored) => {
    expect(codec.decode(JSON.stringify(stored))).toEqual({ name: 'a' });
  });

  it('writes its version', () => {
    expect(codec.encode({ name: 'a' })).toBe('{"name":"a","v":1}');
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"v":"one","name":"a"}', '{"v":3}'])('takes %s as absent', (text) => {
    expect(codec.decode(text)).toBeNull();
  });
});

describe('settings', () => {
  it('fill with defaults what an older release did not know, and report what does not parse', () => {
    const reported: string[] = [];
    const codec = createSettingsCodec((setting) => reported.push(setting));

    const read = codec.decode(JSON.stringify({ admins: [ana.slackUserId], pollEveryMs: -1, workingHours: 'always' }));

    expect(read).toEqual({ ...defaultSettings, admins: [ana.slackUserId] });
    expect(reported).toEqual(['workingHours', 'pollEveryMs']);
  });

  it('come back as they were saved', () => {
    const codec = createSettingsCodec(() => undefined);
    const settings = {
      ...defaultSettings,
      selfApproval: { reason: 'one-person office' },
      categories: ['SCREEN' as const],
      productGroups: [id<never>(3)],
      priceLimits: [{ amount: '99.5', currency: id<never>('EUR') }],
      announcements: { channel: id<never>('C1'), what: ['shipped' as const] },
    };
    expect(codec.decode(codec.encode(settings))).toEqual(settings);
  });
});
