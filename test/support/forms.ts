import type { SlackModal } from '../../sandbox/slack/start.ts';
import { pendingText } from '../../src/views/cart/modal.ts';
import { waitingTexts } from '../../src/views/cart/states.ts';

/** The order form shows a price. The cart that it replaces may show one, too: only the form has a Product field. */
export function isPriced(modal: SlackModal | null | undefined): boolean {
  return modal?.hasField('Product') === true && /[€£$]\d|CHF\s\d/u.test(modal.text());
}

/** The cart shows a change that Fleet doesn't have yet, and it isn't late. */
export function isPending(modal: SlackModal | null | undefined): boolean {
  const text = modal?.text() ?? '';
  return text.includes(pendingText) && !Object.values(waitingTexts).some((waiting) => text.includes(waiting));
}
