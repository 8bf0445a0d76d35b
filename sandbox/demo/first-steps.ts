/** What a newcomer has done so far, and what comes next. Pure: facts-of-first-steps.ts gathers its input. */
export interface Facts {
  /** Carts and orders as Fleet holds them, oldest first. */
  readonly orders: readonly OrderFact[];
  /** The requests sent to approvers, oldest first. */
  readonly cards: readonly CardFact[];
  /** The modal on top, for each person who has one open. */
  readonly modals: readonly ModalFact[];
}

export interface OrderFact {
  readonly orderId: number;
  /** Null: the purchaser is not in this Slack. */
  readonly purchaser: string | null;
  /** Null: it is still a cart. */
  readonly clientStatus: string | null;
}

export interface CardFact {
  readonly orderId: number;
  readonly approver: string;
  /** `over`: declined, withdrawn, reassigned, expired. */
  readonly standing: 'waiting' | 'sending' | 'over';
}

export interface ModalFact {
  readonly userId: string;
  readonly shows: 'order_equipment' | 'your_cart';
}

/** `wait`: someone approved, and Fleet has not answered yet. */
export type Move = 'order' | 'fill' | 'open_cart' | 'send' | 'approve' | 'wait' | 'ship';

export interface NextStep {
  readonly move: Move;
  readonly orderId: number | null;
  readonly requester: string;
  readonly approver: string;
}

export interface FirstSteps {
  readonly done: Readonly<Record<StepName, boolean>>;
  /** Null: everything is done. */
  readonly next: NextStep | null;
}

export const stepNames = ['order', 'approve', 'ship'] as const;
export type StepName = (typeof stepNames)[number];

/** Who the guide suggests until someone starts an order; nobody approves their own request. */
export interface Roles {
  readonly requester: string;
  readonly approver: string;
  readonly otherApprover: string;
}

const shippedOrLater = new Set(['SHIPPED', 'RECEPTION_TO_CONFIRM', 'ONGOING_ORDER', 'EQUIPMENT_TO_SEND', 'ARCHIVED']);

/** Follows the order that has come furthest, no matter who placed it. */
export function firstSteps(facts: Facts, roles: Roles): FirstSteps {
  const orders = facts.orders.filter(({ clientStatus }) => clientStatus !== null);
  if (orders.some(({ clientStatus }) => shippedOrLater.has(clientStatus ?? ''))) return { done: upTo(3), next: null };
  const order = orders.at(-1);
  if (order !== undefined) return { done: upTo(2), next: step('ship', order, facts, roles) };
  const carts = facts.orders.filter(({ clientStatus }) => clientStatus === null);
  const asked = carts.findLast(({ orderId }) => openCard(facts, orderId) !== undefined);
  if (asked !== undefined) {
    const move = openCard(facts, asked.orderId)?.standing === 'sending' ? 'wait' : 'approve';
    return { done: upTo(1), next: step(move, asked, facts, roles) };
  }
  return { done: upTo(0), next: ordering(carts, facts, roles) };
}

function upTo(count: number): Record<StepName, boolean> {
  return { order: count > 0, approve: count > 1, ship: count > 2 };
}

function openCard({ cards }: Facts, orderId: number): CardFact | undefined {
  return cards.findLast((card) => card.orderId === orderId && card.standing !== 'over');
}

/** Before a request exists: the person with an open modal orders, or else the cart's owner, or else the guide suggests one. */
function ordering(carts: readonly OrderFact[], facts: Facts, roles: Roles): NextStep {
  const modal = facts.modals.findLast(({ userId, shows }) => shows === 'order_equipment' || cartOf(userId, carts));
  const cart =
    modal === undefined ? carts.findLast(({ purchaser }) => purchaser !== null) : cartOf(modal.userId, carts);
  const requester = modal?.userId ?? cart?.purchaser ?? roles.requester;
  const found = cart ?? { orderId: null, purchaser: requester };
  if (modal === undefined) return step(cart === undefined ? 'order' : 'open_cart', found, facts, roles);
  return step(modal.shows === 'your_cart' ? 'send' : 'fill', { ...found, purchaser: requester }, facts, roles);
}

function cartOf(userId: string, carts: readonly OrderFact[]): OrderFact | undefined {
  return carts.findLast(({ purchaser }) => purchaser === userId);
}

function step(
  move: Move,
  { orderId, purchaser }: { readonly orderId: number | null; readonly purchaser: string | null },
  facts: Facts,
  roles: Roles,
): NextStep {
  const requester = purchaser ?? roles.requester;
  const suggested = requester === roles.approver ? roles.otherApprover : roles.approver;
  const card = orderId === null ? undefined : openCard(facts, orderId);
  return { move, orderId, requester, approver: card?.approver ?? suggested };
}
