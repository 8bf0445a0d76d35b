import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { deviceCount, rowTexts, sections } from '../card/card-rows.ts';
import { modeOf, totalText } from '../card/card-total.ts';
import { modeLabel } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { mrkdwn } from '../text.ts';

/** **Show all devices**: every row of what is to be signed, however long the card's own list is. */
export function allLinesModal(request: DeviceRequest): ModalView {
  const mode = modeOf(request);
  const facts = [deviceCount(request), `*Total:* ${totalText(request.total, mode)}`];
  const text = [...facts, ...(mode === null ? [] : [modeLabel(mode)])].join(' · ');
  return modal({
    callbackId: callbacks.notice,
    title: `Order ${request.fleetOrderId}`,
    blocks: [{ type: 'section', text: mrkdwn(text) }, ...sections(rowTexts(request))],
  });
}
