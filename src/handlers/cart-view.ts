import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import type { ModalCarry } from '../domain/work.ts';
import { cartModal } from '../jobs/cart-modal.ts';
import type { Accepted } from '../services/cart/accept-cart-work.ts';
import { type ShownOutcome, shownScreen } from '../services/cart/cart-outcome.ts';
import { openCart } from '../services/cart/open-cart.ts';
import { cartTroubleText } from '../views/cart/cart-trouble-text.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import { type CartMemory, readCartMemory } from '../views/cart/your-cart-metadata.ts';
import { noticeModal, sentence } from '../views/notices.ts';
import { peopleLoadingModal } from '../views/order-equipment/order-equipment-notices.ts';
import type { ModalView } from '../views/surfaces.ts';
import type { Tenant } from './deps.ts';
import { onceThereArePeople } from './once-there-are-people.ts';
import type { WaitingAt } from './waited-for.ts';

export const oldCartText =
  'Nothing was changed and nothing was ordered: this window is not as Fleet for Slack sent it, or too old. Please close it and type /fleet cart again.';

/** Null: the metadata is not ours, was changed, or belongs to a release that is gone. */
export function cartMemoryOf({ context }: Tenant, view: { readonly private_metadata: string }): CartMemory | null {
  return readCartMemory(context.seal.open('modal', view.private_metadata));
}

/** What goes on after a press in the cart says there that it failed: a message elsewhere is behind the modal. */
export function waitingInCart(viewId: SlackViewId, body: object): WaitingAt {
  return { body, modal: { viewId, title: yourCartTitle } };
}

/** Why nothing was recorded: the request that has the cart locked, or that ordering pauses. */
export async function notAcceptedModal(
  { context }: Tenant,
  accepted: Exclude<Accepted, { kind: 'accepted' }>,
  reader: { readonly slackUserId: SlackUserId; readonly carry: ModalCarry },
): Promise<ModalView> {
  return accepted.kind === 'locked'
    ? cartModal(context, shownScreen({ kind: 'locked', request: accepted.request }), reader)
    : noticeModal(yourCartTitle, cartTroubleText({ kind: 'paused' }));
}

/** **Your cart** as it is now, into an open modal. */
export async function showCart(
  tenant: Tenant,
  viewId: SlackViewId,
  reader: { readonly slackUserId: SlackUserId; readonly carry: ModalCarry; readonly page?: number },
): Promise<void> {
  const outcome = await onceThereArePeople(tenant, {
    look: () => openCart(tenant.context, reader.slackUserId, reader.carry),
    isTooEarly: waitsForPeople,
    say: () => showIn(tenant, viewId, peopleLoadingModal(yourCartTitle)),
  });
  if (outcome !== null) await showIn(tenant, viewId, await cartModal(tenant.context, outcome, reader));
}

const waitsForPeople = (outcome: ShownOutcome): boolean =>
  outcome.kind === 'sentence' &&
  outcome.trouble.kind === 'not_matched' &&
  outcome.trouble.match.kind === 'people_loading';

/** A modal that was closed needs nothing more; anything else that Slack refuses must not pass in silence. */
export async function showIn({ context, slack }: Tenant, viewId: SlackViewId, view: ModalView): Promise<boolean> {
  const shown = await slack.updateModal(viewId, view);
  if (shown.ok || shown.failure.kind === 'gone') return shown.ok;
  context.log.warn('a modal of the cart was not shown', { failure: shown.failure.kind });
  const why = sentence(`Slack did not show your cart just now. Nothing was ordered. Type /fleet cart to see it.`);
  await slack.updateModal(viewId, noticeModal(yourCartTitle, why.text));
  return false;
}
