import type { KnownBlock } from '@slack/types';
import { isCart } from '../../../sandbox/fleet/model.ts';
import { foundCartText } from '../../../src/views/cart/modal.ts';
import { cartDifferenceText } from '../../../src/views/cart/rows.ts';
import { callbacks, cartActions } from '../../../src/views/ids.ts';
import { type Account, accounts } from './accounts.ts';
import { buttonIn, openCart } from './press.ts';
import type { Stage } from './stage.ts';

/** **Your cart** at the latest when it is opened again: the first time it may say what became of the last one. */
export async function wrongCart(stage: Stage, who: Account): Promise<string[]> {
  const first = await wrongNow(stage, who);
  return first.length === 0 ? [] : wrongNow(stage, who);
}

/** The devices that it shows are Fleet's, or it says that Fleet's are others. */
async function wrongNow(stage: Stage, who: Account): Promise<string[]> {
  const { slack, fleet, context } = stage.life;
  await openCart(stage, who, 0);
  const view = slack.windows.newest(accounts[who].slackUserId)?.view;
  const complain = (what: string): string[] => [
    `${who}'s cart: ${what}\n${(view?.blocks ?? []).map(textOf).join('\n')}`,
  ];
  if (view?.callback_id !== callbacks.yourCart) return complain('it is not shown');
  const texts = view.blocks.map(textOf);
  if (differences.some((head) => texts.some((text) => text.startsWith(head)))) return [];
  const { fleetUserId } = accounts[who];
  if (buttonIn(view.blocks, cartActions.addDevice) === null) {
    const open = await context.store.openRequests();
    return open.some(({ requester }) => requester.fleetUserId === fleetUserId) ? [] : complain('nothing locks it');
  }
  const inFleet = [...fleet.state.orders.values()].find((one) => isCart(one) && one.purchaserId === fleetUserId);
  const held = (inFleet?.lines ?? []).map(({ productId }) => String(productId ?? 'none')).sort();
  const kept = texts
    .filter((text) => text.includes('\n• '))
    .flatMap((text) => text.split('\n').filter((line) => line.startsWith('• ')));
  const shownBy = (action: string) =>
    view.blocks.flatMap((block, at) => devicesOf(texts[at - 1] ?? '', block, action)).sort();
  if (texts.includes(foundCartText)) {
    // Rows are sent to Fleet once nothing found is left: until then they may be more.
    const found = shownBy(cartActions.removeFound).join();
    return held.join().includes(found) ? [] : complain(`Fleet holds ${held.join() || 'nothing'}`);
  }
  const shown = shownBy(cartActions.removeRow);
  const keeps = kept.reduce((sum, line) => sum + timesOf(line), 0);
  if (keeps > 0) return keeps === held.length ? [] : complain(`Fleet keeps ${held.join()}`);
  return shown.join() === held.join() ? [] : complain(`Fleet holds ${held.join() || 'nothing'}`);
}

const nothing = { missing: [], extra: [], total: null };
const device = { productId: null, name: 'x', count: 1 };
/** How it begins to say what is different in Fleet. */
const differences = [
  { ...nothing, extra: [device] },
  { ...nothing, total: { from: null, to: null } },
].map((one) => cartDifferenceText(one).split('.', 1)[0] ?? '');

/** A row's buttons name its product, and the text above them says how many of it. */
function devicesOf(above: string, block: KnownBlock, action: string): string[] {
  const button = buttonIn([block], action);
  const productId = button?.value?.split('|', 1)[0];
  return productId === undefined ? [] : Array.from({ length: timesOf(above) }, () => productId);
}

function timesOf(text: string): number {
  const [, before, after] = /(?:(\d+) × | × (\d+)$)/.exec(text.split('\n', 1)[0] ?? '') ?? [];
  return Number(before ?? after ?? 1);
}

function textOf(block: KnownBlock): string {
  return block.type === 'section' ? (block.text?.text ?? '') : '';
}
