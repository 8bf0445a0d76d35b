import type { BlockAction, BlockElementAction } from '@slack/bolt';
import { maxQuantity } from '../domain/cart/cart.ts';
import { FleetProductId, parseFleetId, type SlackUserId, type SlackViewId } from '../domain/ids.ts';
import {
  checkOrderChoice,
  editingOf,
  generationsOfNewForm,
  isQuantity,
  MAX_QUANTITY,
  nextGenerations,
  noCarry,
  type OrderChoice,
  type OrderPurpose,
  resolveChoice,
} from '../domain/order-form/choice.ts';
import { goneFields } from '../domain/order-form/offer.ts';
import type { CartChange } from '../domain/work.ts';
import { notAcceptedModal, pendingCartModal, showCart } from '../presenters/cart.ts';
import { fillOrderModal, orderMemoryOf } from '../presenters/order-form.ts';
import { OPENING, openLoading } from '../presenters/workspace.ts';
import { acceptCartChange } from '../services/cart/accept.ts';
import { findFoundDeviceChoice, findRowChoice } from '../services/order-form/line-choice.ts';
import { orderFields } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { addingModal, loadingText, mistakeText, unreadableFormText } from '../views/order-form/details.ts';
import { type OrderReading, orderEquipmentTitle, readOrderEquipment } from '../views/order-form/read.ts';
import { clip } from '../views/text.ts';
import { type CartPress, onCartPress, waitingInCart } from './cart.ts';
import {
  type FieldArgs,
  type HandlerWorkspace,
  type PressArgs,
  runOrTell,
  type ShortcutArgs,
  type SubmissionArgs,
  type VerbArgs,
} from './listener.ts';

const MAX_WORDS_LENGTH = 100;

/** `/fleet order [words]` */
export async function onOrderCommand({ ack, body, words }: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  await openOrderEquipment(workspace, body, { slackUserId: body.user_id as SlackUserId, words });
}

export async function onOrderShortcut({ ack, body }: ShortcutArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  await openOrderEquipment(workspace, body, { slackUserId: body.user.id as SlackUserId, words: '' });
}

/** **Order equipment** as a button. */
export async function onOpenOrder({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  await openOrderEquipment(workspace, body, { slackUserId: body.user.id as SlackUserId, words: '' });
}

/** Opens at once; what takes longer is filled in afterwards. */
async function openOrderEquipment(
  workspace: HandlerWorkspace,
  body: { readonly trigger_id: string },
  { slackUserId, words }: { readonly slackUserId: SlackUserId; readonly words: string },
): Promise<void> {
  const opened = await openLoading(workspace, body, noticeModal(orderEquipmentTitle, loadingText));
  if (opened === null) return;
  const memory = { purpose: { kind: 'add' }, carry: { ...noCarry, words: clip(words, MAX_WORDS_LENGTH) } } as const;
  const modal = { ...opened, generation: OPENING, isForm: false };
  const filled = fillOrderModal(workspace, modal, { slackUserId, choice: null, memory });
  workspace.inBackground('fill Order equipment', filled);
}

/** A field of **Order equipment** changed: clears, refills and prices what depends on it. */
export async function onOrderFormChange({ ack, body, action }: FieldArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  if (body.view === undefined) return;
  const slackUserId = body.user.id as SlackUserId;
  const change = { view: body.view, quantity: typedQuantity(action), generation: action.action_ts, slackUserId };
  runOrTell(workspace, 'update Order equipment', { body }, () => refill(workspace, change));
}

interface FieldChange {
  readonly view: NonNullable<BlockAction['view']>;
  /** Null: another field changed. */
  readonly quantity: number | null;
  /** `action_ts` */
  readonly generation: string;
  readonly slackUserId: SlackUserId;
}

async function refill(workspace: HandlerWorkspace, change: FieldChange): Promise<void> {
  const { view, quantity, generation, slackUserId } = change;
  const { slack } = workspace;
  const viewId = view.id as SlackViewId;
  const memory = orderMemoryOf(workspace, slackUserId, view);
  if (memory === null) {
    await slack.updateModal(viewId, noticeModal(orderEquipmentTitle, unreadableFormText));
    return;
  }
  const { stated, blockIds, odd } = readOrderEquipment(view);
  const { onScreen, choice, changed } = resolveChoice(memory.choice, stated);
  if (quantity !== null && !canBeAdded(quantity, memory.purpose)) return;
  const screen = { choice: onScreen, fields: new Set(blockIds.keys()), invalid: odd };
  const [refused] = odd;
  const modal = { viewId, hash: view.hash, generation, isForm: true };
  await fillOrderModal(workspace, modal, {
    slackUserId,
    choice,
    ...(refused === undefined ? {} : { trouble: { kind: 'not_a_choice', field: refused } }),
    // The words were for what was listed then: in another category they would hide what it has.
    memory: { purpose: memory.purpose, carry: changed.has('category') ? { ...memory.carry, words: '' } : memory.carry },
    generationsFor: (form) =>
      nextGenerations(memory.turns, screen, form.choice, generation.replace('.', ''), goneFields(form)),
  });
}

/** Bolt's types do not know the number field. NaN: it was emptied. */
function typedQuantity(action: BlockElementAction): number | null {
  if (action.action_id !== orderFields.quantity) return null;
  return 'value' in action && typeof action.value === 'string' ? Number(action.value) : Number.NaN;
}

/** If not, there is no price, and redrawing the form would remove the error that Slack shows under the field. */
function canBeAdded(quantity: number, purpose: OrderPurpose): boolean {
  return isQuantity(quantity, purpose.kind === 'add' ? MAX_QUANTITY : Number.POSITIVE_INFINITY);
}

/** **Add another device**: the form replaces the cart and keeps Approver and Note. */
export const onAddDevice = onCartPress(async (press, { ack, body }, workspace) => {
  await ack();
  runOrTell(workspace, 'fill Order equipment', waitingInCart(press.viewId, body), () =>
    fillForm(workspace, press, { purpose: { kind: 'add' }, choice: null }),
  );
});

export const onEditRow = onCartPress(async (press, { ack, body }, workspace) => {
  await ack();
  runOrTell(workspace, 'edit a row', waitingInCart(press.viewId, body), async () => {
    const choice = await findRowChoice(workspace.context, press.slackUserId, press.value);
    await showFormOrCart(workspace, press, { purpose: { kind: 'edit', row: press.value }, choice });
  });
});

/** Asks for what Fleet does not return: country, keyboard, person, address, mode. */
export const onCompleteFound = onCartPress(async (press, { ack, body }, workspace) => {
  await ack();
  runOrTell(workspace, 'complete a device', waitingInCart(press.viewId, body), async () => {
    const productId = parseFleetId(FleetProductId, press.value);
    if (productId === null) return showCart(workspace, press.viewId, press);
    const choice = await findFoundDeviceChoice(workspace.context, press.slackUserId, productId);
    await showFormOrCart(workspace, press, { purpose: { kind: 'complete_found', productId }, choice });
  });
});

interface Wanted {
  readonly purpose: OrderPurpose;
  /** Null for a row: it is gone. */
  readonly choice: OrderChoice | null;
}

/** If the row is gone, the current cart shows that best. */
async function showFormOrCart(workspace: HandlerWorkspace, press: CartPress, wanted: Wanted): Promise<void> {
  if (wanted.choice === null) await showCart(workspace, press.viewId, press);
  else await fillForm(workspace, press, wanted);
}

async function fillForm(
  workspace: HandlerWorkspace,
  { slackUserId, viewId, hash, generation, carry }: CartPress,
  { purpose, choice }: Wanted,
): Promise<void> {
  await workspace.context.store.claimGeneration(viewId, generation);
  const modal = { viewId, hash, generation, isForm: false };
  await fillOrderModal(workspace, modal, {
    slackUserId,
    choice,
    memory: { purpose, carry: { ...carry, words: '' } },
    generationsFor: () => generationsOfNewForm(generation.replace('.', '')),
  });
}

/** Answers with field errors where it can; everything else is recorded, and the job reports it. */
export async function onOrderEquipment(
  { ack, body, view }: SubmissionArgs,
  workspace: HandlerWorkspace,
): Promise<void> {
  const { context } = workspace;
  const slackUserId = body.user.id as SlackUserId;
  const memory = orderMemoryOf(workspace, slackUserId, view);
  if (memory === null) {
    await ack({ response_action: 'update', view: noticeModal(orderEquipmentTitle, unreadableFormText) });
    return;
  }
  const { carry, purpose } = memory;
  const reading = readOrderEquipment(view);
  const { choice } = resolveChoice(memory.choice, reading.stated);
  const isMany = choice.quantity > MAX_QUANTITY && purpose.kind !== 'add';
  const draft = isMany ? await context.store.draft(slackUserId) : null;
  const errors = fieldErrors(choice, reading, maxQuantity(draft, editingOf(purpose)));
  if (Object.keys(errors).length > 0) {
    await ack({ response_action: 'errors', errors });
    return;
  }
  const submitted = { viewId: view.id as SlackViewId, hash: view.hash };
  const change = changeOf(purpose, choice);
  const accepted = await acceptCartChange(context, { slackUserId, view: submitted, change, carry });
  const reader = { slackUserId, carry };
  const shown =
    accepted.kind !== 'accepted'
      ? notAcceptedModal(workspace, accepted, reader)
      : accepted.cart === null
        ? addingModal(purpose.kind)
        : pendingCartModal(workspace, accepted.cart, reader);
  await ack({ response_action: 'update', view: shown });
  workspace.relaySoon();
}

function fieldErrors(choice: OrderChoice, { blockIds, odd }: OrderReading, limit: number): Record<string, string> {
  const onScreen = new Set(blockIds.keys());
  const fallback = blockIds.get('product');
  const errors = [...checkOrderChoice(choice, { onScreen, odd }, limit)].flatMap(([field, mistake]) => {
    const blockId = blockIds.get(field) ?? fallback;
    return blockId === undefined ? [] : [[blockId, mistakeText(mistake, limit)] as const];
  });
  return Object.fromEntries(errors);
}

function changeOf(purpose: OrderPurpose, choice: OrderChoice): CartChange {
  switch (purpose.kind) {
    case 'add':
      return { kind: 'add', choice };
    case 'edit':
      return { kind: 'edit', row: purpose.row, choice };
    case 'complete_found':
      return { kind: 'complete_found', productId: purpose.productId, choice };
  }
}
