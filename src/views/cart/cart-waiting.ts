import type { ModalView } from '../../domain/surfaces.ts';
import { noticeModal } from '../notices.ts';

const waitingTexts = {
  fleet_is_busy: 'Fleet is busy. This continues by itself; nobody has to do anything. Nothing is ordered.',
  fleet_did_not_confirm:
    'Fleet did not confirm this yet. Fleet for Slack checks what became of it and goes on by itself. Nothing is ordered.',
} as const;

export const loadingCartText = 'Loading your cart…';
export const sendingText = 'Sending…';

/** No submit: while it stands, nothing can be sent twice. */
export function waitingModal(title: string, why: keyof typeof waitingTexts): ModalView {
  return noticeModal(title, waitingTexts[why]);
}
