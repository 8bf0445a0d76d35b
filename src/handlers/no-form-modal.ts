import type { NoForm } from '../services/order/fill-order-form.ts';
import { cartTroubleText } from '../views/cart/cart-trouble-text.ts';
import { yourCartModal } from '../views/cart/your-cart.ts';
import { cartMemoryText, emptyCartMemory } from '../views/cart/your-cart-metadata.ts';
import { cannotOrderModal, noCountryText } from '../views/order-equipment/order-equipment-notices.ts';
import { noMatchText } from '../views/people/no-match-text.ts';
import type { ModalView } from '../views/surfaces.ts';
import type { Tenant } from './deps.ts';

/** Why nothing can be ordered just now, or the request that has the cart locked with its way back to editing. */
export function noFormModal({ context }: Tenant, no: NoForm): ModalView {
  switch (no.kind) {
    case 'no_match':
      return cannotOrderModal(noMatchText(no.why));
    case 'paused':
      return cannotOrderModal(cartTroubleText({ kind: 'paused' }));
    case 'no_country':
      return cannotOrderModal(noCountryText);
    case 'locked': {
      const memory = cartMemoryText({ ...emptyCartMemory, requestId: no.request.id });
      return yourCartModal({ kind: 'locked', request: no.request }, context.seal.sign('modal', memory));
    }
    default:
      return no satisfies never;
  }
}
