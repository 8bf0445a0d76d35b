import type { SlackModal } from '../../sandbox/slack/start.ts';
import { searchFailed } from '../../src/views/order-form/product.ts';

/** The order form shows a price. The cart that it replaces may show one, too: only the form has a Product field. */
export function isPriced(modal: SlackModal | null | undefined): boolean {
  return modal?.hasField('Product') === true && /[€£$]\d|CHF\s\d/u.test(modal.text());
}

/** Types again when the row asks for it: on a busy machine, the search may take longer than Slack waits. */
export async function chooseClara(cart: SlackModal, tries = 5): Promise<void> {
  try {
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  } catch (error) {
    if (tries === 1 || !String(error).includes(searchFailed)) throw error;
    await chooseClara(cart, tries - 1);
  }
}
