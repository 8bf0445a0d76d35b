import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockElementAction,
  GlobalShortcut,
  SlackActionMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { maxQuantity } from '../domain/cart/cart.ts';
import { FleetProductId, parseFleetId, type SlackUserId, type SlackViewId } from '../domain/ids.ts';
import {
  checkOrderChoice,
  isQuantity,
  MAX_QUANTITY,
  type OrderChoice,
  resolveChoice,
} from '../domain/order-form/choice.ts';
import {
  editingOf,
  generationsOfNewForm,
  nextGenerations,
  noCarry,
  type OrderPurpose,
} from '../domain/order-form/state.ts';
import type { CartChange } from '../domain/work.ts';
import { notAcceptedModal, showCart } from '../presenters/cart.ts';
import { fillOrderModal } from '../presenters/order-form.ts';
import { opening, openLoading, type Workspace } from '../presenters/workspace.ts';
import { acceptCartChange } from '../services/cart/accept.ts';
import { choiceOfFound, choiceOfRow } from '../services/order-form/line-choice.ts';
import { orderFields } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { orderEquipmentTitle } from '../views/order-form/blocks.ts';
import { addingModal, loadingText, mistakeText, unreadableFormText } from '../views/order-form/details.ts';
import { type OrderReading, readOrderEquipment, readOrderMemory } from '../views/order-form/read.ts';
import { type CartPress, onCartPress, waitedFor, waitingInCart } from './cart.ts';
import { type CommandArgs, decoded, type HandlerDeps } from './listener.ts';

const MOST_WORDS = 100;

/** `/fleet order [words]` */
export function onOrderCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, workspace: Workspace, rest: string): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, workspace, { body, slackUserId: body.user_id as SlackUserId, words: decoded(rest) });
  };
}

/** Opens at once; what takes longer is filled in afterwards. */
export async function openOrderEquipment(
  deps: HandlerDeps,
  workspace: Workspace,
  {
    body,
    slackUserId,
    words,
  }: { readonly body: { readonly trigger_id: string }; readonly slackUserId: SlackUserId; readonly words: string },
): Promise<void> {
  const opened = await openLoading(workspace, body, noticeModal(orderEquipmentTitle, loadingText));
  if (opened === null) return;
  const memory = { purpose: { kind: 'add' }, carry: { ...noCarry, words: words.slice(0, MOST_WORDS) } } as const;
  deps.inBackground(
    'fill Order equipment',
    fillOrderModal(workspace, { ...opened, turn: opening, isForm: false }, { slackUserId, choice: null, memory }),
  );
}

type ShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs;

export function onOrderShortcut(deps: HandlerDeps) {
  return async ({ ack, body }: ShortcutArgs, workspace: Workspace): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, workspace, { body, slackUserId: body.user.id as SlackUserId, words: '' });
  };
}

type FormPressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type FormView = NonNullable<BlockAction['view']>;

/** A field of **Order equipment** changed: what depends on it is cleared, filled anew and priced. */
export function onOrderFormChange(deps: HandlerDeps) {
  return async ({ ack, body, action }: FormPressArgs, workspace: Workspace): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const slackUserId = body.user.id as SlackUserId;
    const acted = { view: body.view, quantity: typedQuantity(action), actionTs: action.action_ts, slackUserId };
    waitedFor(deps, workspace, 'bring Order equipment up to date', { body }, () => refill(workspace, acted));
  };
}

async function refill(
  workspace: Workspace,
  acted: {
    readonly view: FormView;
    /** Null: another field changed. */
    readonly quantity: number | null;
    readonly actionTs: string;
    readonly slackUserId: SlackUserId;
  },
): Promise<void> {
  const { view, quantity, actionTs, slackUserId } = acted;
  const { context, slack } = workspace;
  const viewId = view.id as SlackViewId;
  const memory = readOrderMemory(context.seal.open('modal', view.private_metadata));
  if (memory === null) {
    await slack.updateModal(viewId, noticeModal(orderEquipmentTitle, unreadableFormText));
    return;
  }
  const { stated, blockIds, odd } = readOrderEquipment(view);
  const { onScreen, choice } = resolveChoice(memory.choice, stated);
  if (quantity !== null && cannotBeAdded(quantity, memory.purpose)) return;
  const screen = { choice: onScreen, fields: new Set(blockIds.keys()), invalid: odd };
  await fillOrderModal(
    workspace,
    { viewId, hash: view.hash, turn: actionTs, isForm: true },
    {
      slackUserId,
      choice,
      memory: { purpose: memory.purpose, carry: memory.carry },
      turnsFor: (next) => nextGenerations(memory.turns, screen, next, actionTs.replace('.', '')),
    },
  );
}

/** Bolt's types do not know the number field. Not a number: it was emptied. */
function typedQuantity(action: BlockElementAction): number | null {
  if (action.action_id !== orderFields.quantity) return null;
  return 'value' in action && typeof action.value === 'string' ? Number(action.value) : Number.NaN;
}

/** There is no price of it, and a form that is drawn anew takes away what Slack says under the field about such a number. */
function cannotBeAdded(quantity: number, purpose: OrderPurpose): boolean {
  return !isQuantity(quantity, purpose.kind === 'add' ? MAX_QUANTITY : Number.POSITIVE_INFINITY);
}

/** **Add another device**: the form takes the cart's place and keeps Approver and Note. */
export function onAddDevice(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, workspace) => {
    await ack();
    waitedFor(deps, workspace, 'fill Order equipment', waitingInCart(press.viewId, body), () =>
      fillForm(workspace, press, { purpose: { kind: 'add' }, choice: null }),
    );
  });
}

export function onEditRow(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, workspace) => {
    await ack();
    const edit = async () => {
      const choice = await choiceOfRow(workspace.context, press.slackUserId, press.value);
      await formOrCart(workspace, press, { purpose: { kind: 'edit', row: press.value }, choice });
    };
    waitedFor(deps, workspace, 'edit a row', waitingInCart(press.viewId, body), edit);
  });
}

/** What Fleet does not return (country, keyboard, person, address, mode) is asked for. */
export function onCompleteFound(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, workspace) => {
    await ack();
    const complete = async () => {
      const productId = parseFleetId(FleetProductId, press.value);
      if (productId === null) return showCart(workspace, press.viewId, press);
      const choice = await choiceOfFound(workspace.context, press.slackUserId, productId);
      await formOrCart(workspace, press, { purpose: { kind: 'complete_found', productId }, choice });
    };
    waitedFor(deps, workspace, 'complete a device', waitingInCart(press.viewId, body), complete);
  });
}

interface Wanted {
  readonly purpose: OrderPurpose;
  readonly choice: OrderChoice | null;
}

/** Without a choice the row is gone meanwhile: the cart as it is now says so best. */
async function formOrCart(workspace: Workspace, press: CartPress, wanted: Wanted): Promise<void> {
  if (wanted.choice === null) await showCart(workspace, press.viewId, press);
  else await fillForm(workspace, press, wanted);
}

async function fillForm(
  workspace: Workspace,
  { slackUserId, viewId, hash, turn, carry }: CartPress,
  { purpose, choice }: Wanted,
): Promise<void> {
  await workspace.context.store.claimTurn(viewId, turn);
  const modal = { viewId, hash, turn, isForm: false };
  await fillOrderModal(workspace, modal, {
    slackUserId,
    choice,
    memory: { purpose, carry: { ...carry, words: '' } },
    turnsFor: () => generationsOfNewForm(turn.replace('.', '')),
  });
}

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What can be checked here is a field error; everything else is recorded first and said by the job. */
export function onOrderEquipment(deps: HandlerDeps) {
  return async ({ ack, body, view }: Args, workspace: Workspace): Promise<void> => {
    const { context } = workspace;
    const memory = readOrderMemory(context.seal.open('modal', view.private_metadata));
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(orderEquipmentTitle, unreadableFormText) });
      return;
    }
    const reading = readOrderEquipment(view);
    const { choice } = resolveChoice(memory.choice, reading.stated);
    const slackUserId = body.user.id as SlackUserId;
    const isMany = choice.quantity > MAX_QUANTITY && memory.purpose.kind !== 'add';
    const draft = isMany ? await context.store.draft(slackUserId) : null;
    const errors = fieldErrors(choice, reading, maxQuantity(draft, editingOf(memory.purpose)));
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    const submitted = { viewId: view.id as SlackViewId, hash: view.hash };
    const { carry, purpose } = memory;
    const change = changeOf(purpose, choice);
    const [accepted] = await Promise.all([
      acceptCartChange(context, { slackUserId, view: submitted, change, carry }),
      // From here on an older drawing of the form must not come back over the outcome. That it may is no reason to call
      // a change refused that is recorded.
      context.store.claimNextTurn(submitted.viewId).catch(() => {}),
    ]);
    const shown =
      accepted.kind === 'accepted' ? addingModal(purpose.kind) : notAcceptedModal(workspace, accepted, carry);
    await ack({ response_action: 'update', view: shown });
    deps.hurry();
  };
}

function fieldErrors(choice: OrderChoice, { blockIds }: OrderReading, most: number): Record<string, string> {
  const onScreen = new Set(blockIds.keys());
  const fallback = blockIds.get('product');
  const errors = [...checkOrderChoice(choice, onScreen, most)].flatMap(([field, mistake]) => {
    const blockId = blockIds.get(field) ?? fallback;
    return blockId === undefined ? [] : [[blockId, mistakeText(mistake, most)] as const];
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
    default:
      return purpose satisfies never;
  }
}
