import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { rowTexts, sections } from '../card/card-rows.ts';
import { modeOf, totalText } from '../card/card-total.ts';
import { slackDate } from '../dates.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { literal, mrkdwn, plain } from '../text.ts';

/** The cart while somebody is asked to sign it: everything in it, and the way back to editing. */
export function lockedCartModal(request: DeviceRequest, metadata: string, said = ''): ModalView {
  return modal({
    callbackId: callbacks.yourCart,
    title: 'Your cart',
    privateMetadata: metadata,
    blocks: [
      ...(said === '' ? [] : [{ type: 'section' as const, text: mrkdwn(said) }]),
      { type: 'section', text: mrkdwn(standsText(request)) },
      ...sections(rowTexts(request)),
      { type: 'section', text: mrkdwn(`*Total:* ${totalText(request.total, modeOf(request))}`) },
      ...(request.state.kind === 'pending' ? [withdrawButton] : []),
    ],
  });
}

const withdrawButton = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: cartActions.withdrawAndEdit,
      text: plain('Withdraw and edit', limits.buttonText),
      value: 'withdraw',
    },
  ],
};

function standsText({ state, approver, expiresAt }: DeviceRequest): string {
  const name = literal(approver.name);
  if (!isOpen(state)) return 'This request is decided or withdrawn. `/fleet status` shows what became of it.';
  if (state.kind === 'validating' || state.kind === 'unconfirmed')
    return `*${name}* approved this and it is being sent to Fleet. It cannot be changed now; nothing is called ordered before Fleet says so.`;
  return `This cart waits for *${name}* to sign until ${slackDate(expiresAt)}. Nothing is ordered before that. To change it, withdraw the request first.`;
}
