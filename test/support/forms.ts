import type { SlackModal } from '../../sandbox/slack/start.ts';

/** The order form shows a price. The cart that it replaces may show one, too: only the form has a Product field. */
export function isPriced(modal: SlackModal | null | undefined): boolean {
  return modal?.hasField('Product') === true && /[€£$]\d|CHF\s\d/u.test(modal.text());
}
