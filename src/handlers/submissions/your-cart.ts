import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { cartMemoryOf, notAcceptedModal } from '../../presenters/cart.ts';
import { acceptSendRequest } from '../../services/cart/accept-cart-work.ts';
import { cartTroubleText, oldCartText } from '../../views/cart/cart-trouble-text.ts';
import { sendingText } from '../../views/cart/cart-waiting.ts';
import { busyCartModal, yourCartTitle } from '../../views/cart/your-cart.ts';
import { readYourCart } from '../../views/cart/your-cart-read.ts';
import { cartActions } from '../../views/ids.ts';
import { noticeModal } from '../../views/notices.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** **Send for approval**: recorded with what was seen; the job compares that with what would be sent. */
export function onYourCart(deps: HandlerDeps) {
  return async ({ ack, body, view }: Args, tenant: Tenant): Promise<void> => {
    const memory = cartMemoryOf(tenant, view);
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(yourCartTitle, oldCartText) });
      return;
    }
    const { carry } = readYourCart(view, memory);
    if (carry.approver === null) {
      const text = cartTroubleText({ kind: 'approver_missing' });
      await ack({ response_action: 'errors', errors: { [cartActions.approver]: text } });
      return;
    }
    const slackUserId = body.user.id as SlackUserId;
    const accepted = await acceptSendRequest(tenant.context, {
      slackUserId,
      view: { viewId: view.id as SlackViewId, hash: view.hash },
      approver: carry.approver,
      note: carry.note,
      seen: memory.seen,
    });
    const shown =
      accepted.kind === 'accepted'
        ? busyCartModal(sendingText, view.private_metadata)
        : notAcceptedModal(tenant, accepted, carry);
    await ack({ response_action: 'update', view: shown });
    deps.hurry();
  };
}
