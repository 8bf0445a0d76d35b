import { seenText } from '../domain/cart/seen-cart.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { editingOf, noCarry, turnsOfNewForm } from '../domain/order/order-memory.ts';
import type { ModalCarry } from '../domain/work.ts';
import type { ShownOutcome } from '../services/cart/cart-outcome.ts';
import type { ServiceContext } from '../services/context.ts';
import { fillOrderForm } from '../services/order/fill-order-form.ts';
import { withPrice } from '../services/order/with-price.ts';
import { cartNewsText, cartTroubleText, formProblem } from '../views/cart/cart-trouble-text.ts';
import { yourCartModal, yourCartTitle } from '../views/cart/your-cart.ts';
import { cartMemoryText, emptyCartMemory } from '../views/cart/your-cart-metadata.ts';
import { pageOfProblem } from '../views/cart/your-cart-rows.ts';
import { noticeModal } from '../views/notices.ts';
import { signedOrderModal } from '../views/order-equipment/order-equipment.ts';
import { orderMemoryText } from '../views/order-equipment/order-equipment-metadata.ts';
import type { ModalView } from '../views/surfaces.ts';

type Screen = Extract<ShownOutcome, { kind: 'screen' }>;
type Form = Extract<ShownOutcome, { kind: 'form' }>;

/** For whom, and what the fields held: the two modals hand it to each other. */
export interface CartReader {
  readonly slackUserId: SlackUserId;
  readonly carry: ModalCarry;
  readonly page?: number;
}

/** What takes the place of the modal that waits. */
export async function cartModal(
  context: ServiceContext,
  outcome: ShownOutcome,
  reader: CartReader,
): Promise<ModalView> {
  switch (outcome.kind) {
    case 'screen':
      return screenModal(context, outcome, reader);
    case 'form':
      return formModal(context, outcome, reader);
    case 'sentence':
      return noticeModal(yourCartTitle, cartTroubleText(outcome.trouble));
    default:
      return outcome satisfies never;
  }
}

/** The same without a modal: one sentence, mrkdwn. */
export function cartOutcomeText(outcome: ShownOutcome): string {
  if (outcome.kind !== 'screen') return `${cartTroubleText(outcome.trouble)} \`/fleet cart\` shows your cart.`;
  if (outcome.screen.kind === 'exists')
    return 'Fleet already keeps an open cart for you, so nothing was added and nothing was ordered. `/fleet cart` shows it.';
  const said = saidOf(outcome);
  return `${said === '' ? 'Nothing was ordered.' : said} \`/fleet cart\` shows your cart.`;
}

function screenModal(context: ServiceContext, outcome: Screen, { carry, page = 0 }: CartReader): ModalView {
  const { screen, trouble } = outcome;
  const sign = (text: string) => context.seal.sign('modal', text);
  switch (screen.kind) {
    case 'locked': {
      const memory = { ...emptyCartMemory, carry, requestId: screen.request.id };
      return yourCartModal(screen, sign(cartMemoryText(memory)), 0, saidOf(outcome));
    }
    case 'exists': {
      // Approver and note stand beside it, once: both together would not fit.
      const order = orderMemoryText({ choice: screen.choice, purpose: { kind: 'add' }, turns: {}, carry: noCarry });
      const existing = { fleetOrderId: screen.fleetOrderId, order };
      return yourCartModal(screen, sign(cartMemoryText({ ...emptyCartMemory, carry, existing })));
    }
    case 'cart': {
      const row = trouble !== null && 'row' in trouble ? trouble.row : null;
      const problem = trouble === null ? null : { row, text: cartTroubleText(trouble) };
      const shown = { ...screen, problem, news: newsOf(outcome) };
      const shownPage = pageOfProblem(shown) ?? page;
      const memory = {
        ...emptyCartMemory,
        carry: { ...carry, approver: screen.approver, note: screen.note },
        approverName: screen.approverName,
        seen: context.seal.digest(seenText(screen)),
        page: shownPage,
      };
      return yourCartModal(shown, sign(cartMemoryText(memory)), shownPage);
    }
    default:
      return screen satisfies never;
  }
}

/** The form comes back with its values and the message above the field that it is about. */
async function formModal(context: ServiceContext, outcome: Form, { slackUserId, carry }: CartReader) {
  const { choice, purpose, trouble } = outcome;
  const filled = await fillOrderForm(context, slackUserId, {
    choice,
    words: carry.words,
    editing: editingOf(purpose),
    problem: formProblem(trouble),
  });
  // Something else stands in the way by now: what went wrong is still told first.
  if (filled.kind !== 'form') return noticeModal(yourCartTitle, cartTroubleText(trouble));
  const { form } = await withPrice(context, filled);
  const turns = turnsOfNewForm(context.newId().slice(0, 6));
  return signedOrderModal(form, { purpose, turns, carry }, (text) => context.seal.sign('modal', text));
}

function saidOf(outcome: Screen): string {
  return outcome.trouble === null ? (newsOf(outcome) ?? '') : cartTroubleText(outcome.trouble);
}

function newsOf({ news, repriced }: Screen): string | null {
  return news === null ? null : cartNewsText(news, repriced);
}
