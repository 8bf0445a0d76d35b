import type { ActionsBlock, Button, ConfirmationDialog } from '@slack/types';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { cardActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { plain } from '../text.ts';
import { modeOf, totalText } from './card-total.ts';

interface Buttons {
  readonly request: DeviceRequest;
  readonly side: 'approver' | 'requester';
  readonly value: string;
  readonly isClipped: boolean;
}

/** None once nothing is left to decide, and none while Fleet is asked. */
export function cardButtons({ request, side, value, isClipped }: Buttons): readonly ActionsBlock[] {
  if (request.state.kind !== 'pending') return [];
  const button = (actionId: string, text: string, more: Partial<Button> = {}): Button => ({
    type: 'button',
    action_id: actionId,
    text: plain(text, limits.buttonText),
    value,
    ...more,
  });
  const all = isClipped ? [button(cardActions.showAllLines, 'Show all devices')] : [];
  const own = side === 'approver' ? approverButtons(request, button) : requesterButtons(request, button);
  return [{ type: 'actions', elements: [...all, ...own] }];
}

type MakeButton = (actionId: string, text: string, more?: Partial<Button>) => Button;

function approverButtons(request: DeviceRequest, button: MakeButton): Button[] {
  return [
    button(cardActions.approve, 'Approve', { style: 'primary', confirm: approveDialog(request) }),
    button(cardActions.decline, 'Decline', { style: 'danger' }),
    button(cardActions.askForChanges, 'Ask for changes'),
    button(cardActions.handOver, 'Hand over'),
  ];
}

function requesterButtons(request: DeviceRequest, button: MakeButton): Button[] {
  return [
    button(cardActions.withdraw, 'Withdraw', { confirm: withdrawDialog }),
    request.approverGone
      ? button(cardActions.chooseApprover, 'Choose another approver', { style: 'primary' })
      : button(cardActions.remind, 'Remind'),
  ];
}

const signatureWarning = 'Fleet will name you as the person who signs the contract and gives you signatory permission.';

function approveDialog(request: DeviceRequest): ConfirmationDialog {
  const total = `Total: ${totalText(request.total, modeOf(request))}.`;
  // The total may be long (several currencies): it is what gets clipped, never the warning.
  const text = `${plain(total, limits.confirmText - signatureWarning.length - 1).text} ${signatureWarning}`;
  return {
    title: plain('Approve this order?', limits.confirmTitle),
    text: plain(text, limits.confirmText),
    confirm: plain('Approve', limits.confirmButton),
    deny: plain('Back', limits.confirmButton),
    style: 'primary',
  };
}

const withdrawDialog: ConfirmationDialog = {
  title: plain('Withdraw this request?', limits.confirmTitle),
  text: plain('Nothing is ordered. Fleet keeps the devices as an unordered draft.', limits.confirmText),
  confirm: plain('Withdraw', limits.confirmButton),
  deny: plain('Back', limits.confirmButton),
  style: 'danger',
};
