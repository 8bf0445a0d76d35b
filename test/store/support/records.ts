import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { DraftCart } from '../../../src/domain/cart/cart.ts';
import type { FleetOrderId, FleetProductId, FleetUserId, RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import type { OrderLine } from '../../../src/domain/line.ts';
import type { Person, SlackProfile } from '../../../src/domain/people/people.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import type { WorkItem } from '../../../src/domain/work.ts';

export const ANA = 'U0ANA' as SlackUserId;
export const BEN = 'U0BEN' as SlackUserId;

export const ana: Person = { slackUserId: ANA, fleetUserId: 11 as FleetUserId, name: 'Ana Núñez' };
export const ben: Person = { slackUserId: BEN, fleetUserId: 12 as FleetUserId, name: 'Ben Müller' };
export const cleo: Person = { slackUserId: 'U0CLEO' as SlackUserId, fleetUserId: 13 as FleetUserId, name: 'Cleo' };

export const aLine = (): OrderLine => ({
  productId: 7 as FleetProductId,
  deliveryCountry: 'DE' as OrderLine['deliveryCountry'],
  keyboardLayout: 'GERMAN_QWERTZ',
  fleetUserId: ana.fleetUserId,
  shippingAddressId: null,
  productGroupId: null,
  productName: 'MacBook Air 13″ – “Größe” 🧑‍💻',
  configuration: 'M4 · 16 GB · 512 GB',
  assigneeName: ana.name,
  price: { amount: '54.90', currency: 'EUR' as never },
  shipping: { min: 3, max: 5 },
});

export const aDraft = (over: Partial<DraftCart> = {}): DraftCart => ({
  purchaserId: ana.fleetUserId,
  fleetOrderId: null,
  mode: 'LEASING',
  lines: [aLine()],
  fleetHolds: null,
  standing: 'ours',
  creatingSince: null,
  lockedBy: null,
  appliedChanges: [],
  revision: 1,
  ...over,
});

export const requestId = (text: string) => text as RequestId;
export const orderId = (number: number) => number as FleetOrderId;

export const aRequest = (over: Partial<DeviceRequest> & Pick<DeviceRequest, 'tenant'>): DeviceRequest => ({
  id: requestId('req1'),
  fleetOrderId: orderId(42),
  requester: ana,
  approver: ben,
  mode: 'LEASING',
  lines: [aLine(), aLine()],
  total: { fleet: null, ours: [{ amount: '109.80', currency: 'EUR' as never }], unpriced: 0 },
  note: 'für das neue Büro',
  fingerprint: 'f'.repeat(64),
  expectedInFleet: {
    productIds: [7 as FleetProductId, null],
    names: ['MacBook Air', null],
    rent: '109.80',
    currency: null,
  },
  createdAt: 1_700_000_000_000,
  expiresAt: 1_700_600_000_000,
  lastRemindedAt: null,
  previousRequestId: null,
  state: { kind: 'pending' },
  difference: null,
  problem: null,
  approverGone: false,
  revision: 1,
  ...over,
});

export const anItem = (over: Partial<WorkItem> & Pick<WorkItem, 'work'>): WorkItem => ({ id: 'item-1', ...over });

export const anEntry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 1_700_000_000_000,
  by: { slackUserId: ANA, fleetUserId: ana.fleetUserId },
  did: 'request_sent',
  requestId: requestId('req1'),
  fleetOrderId: orderId(42),
  from: null,
  to: 'pending',
  surface: 'modal',
  outcome: 'done',
  ...over,
});

export const aProfile = (over: Partial<SlackProfile> & Pick<SlackProfile, 'slackTeamId'>): SlackProfile => ({
  slackUserId: ANA,
  name: 'Ana Núñez',
  email: 'ana@example.com',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  isBot: false,
  isGuest: false,
  isStranger: false,
  isDeactivated: false,
  isSlackAdmin: false,
  ...over,
});

/** A directory whose reading began then, and which lacks no one. */
export const wholeSince = (builtAt: number) => ({ builtAt, isWhole: true, areAdminsKnown: true });
