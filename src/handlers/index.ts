import {
  type AllMiddlewareArgs,
  type AnyMiddlewareArgs,
  type App,
  type BlockButtonAction,
  type GlobalShortcut,
  ReceiverMultipleAckError,
  type ViewSubmitAction,
} from '@slack/bolt';
import { answerUser } from '../presenters/workspace.ts';
import {
  callbacks,
  cardActions,
  cartActions,
  commands,
  deputyActions,
  generalActions,
  orderFields,
  settingsActions,
  settingsFields,
  shortcuts,
} from '../views/ids.ts';
import { unknownCommandText, unknownPressText } from '../views/notices.ts';
import { askForChangesModal, chooseApproverModal, declineModal, reassignModal } from '../views/request/modals.ts';
import * as card from './card.ts';
import * as cart from './cart.ts';
import { onFleetCommand } from './commands.ts';
import * as deputy from './deputy.ts';
import * as events from './events.ts';
import {
  type AnyArgs,
  type CommandArgs,
  type FieldArgs,
  type Handle,
  type HandlerDeps,
  type Kind,
  listener,
  type PressArgs,
  type SearchArgs,
  type ShortcutArgs,
  type SubmissionArgs,
  tellStranger,
} from './listener.ts';
import { onApproverOptions, onPeopleOptions, onProductOptions, onSettingsProducts } from './options.ts';
import * as orderForm from './order-form.ts';
import * as settings from './settings.ts';
import * as status from './status.ts';

/** Rows, not keys: a second row for an id stays visible, and a test notices, instead of replacing the first. */
type Table<H> = readonly (readonly [id: string, handle: H])[];

const commandTable: Table<Handle<CommandArgs>> = [[commands.fleet, onFleetCommand]];

const shortcutTable: Table<Handle<ShortcutArgs>> = [[shortcuts.orderEquipment, orderForm.onOrderShortcut]];

const presses: Table<Handle<PressArgs>> = [
  [cartActions.editRow, orderForm.onEditRow],
  [cartActions.removeRow, cart.onRemoveRow],
  [cartActions.addDevice, orderForm.onAddDevice],
  [cartActions.showPage, cart.onShowPage],
  [cartActions.completeFound, orderForm.onCompleteFound],
  [cartActions.removeFound, cart.onRemoveFound],
  [cartActions.replaceExisting, cart.onReplaceExisting],
  [cartActions.leaveExisting, cart.onLeaveExisting],
  [cartActions.withdrawAndEdit, cart.onWithdrawAndEdit],
  [cartActions.putBack, cart.onPutBack],

  [cardActions.approve, card.onApprove],
  [cardActions.decline, card.onOpenModal('approver', callbacks.declineRequest, declineModal)],
  [cardActions.askForChanges, card.onOpenModal('approver', callbacks.askForChanges, askForChangesModal)],
  [cardActions.handOver, card.onOpenModal('approver', callbacks.handOver, reassignModal)],
  [cardActions.withdraw, card.onWithdraw],
  [cardActions.remind, card.onRemind],
  [cardActions.chooseApprover, card.onOpenModal('requester', callbacks.chooseApprover, chooseApproverModal)],
  [cardActions.showAllLines, card.onShowAllLines],

  [deputyActions.name, deputy.onOpenDeputy],
  [deputyActions.end, deputy.onEndDeputy],

  [generalActions.openOrder, orderForm.onOpenOrder],
  [generalActions.openCart, cart.onOpenCart],
  [generalActions.shareStatus, status.onShareStatus],
  [generalActions.nextPage, status.onTurnPage],
  [generalActions.previousPage, status.onTurnPage],
  [generalActions.tryFleetAgain, settings.onTryFleetAgain],

  [settingsActions.openSection, settings.onOpenSection],
  [settingsActions.openUnmatched, settings.onOpenUnmatched],
  [settingsActions.openAudit, settings.onOpenAudit],
  [settingsActions.auditPage, settings.onAuditPage],
  [settingsActions.auditAll, settings.onAuditPage],
  [settingsActions.auditOrders, settings.onAuditPage],
  [settingsActions.auditCompany, settings.onAuditPage],
];

/** The fields of **Order equipment** that other fields or the price depend on. */
const fieldChanges: Table<Handle<FieldArgs>> = [
  [orderFields.deliveryCountry, orderForm.onOrderFormChange],
  [orderFields.category, orderForm.onOrderFormChange],
  [orderFields.product, orderForm.onOrderFormChange],
  [orderFields.configuration, orderForm.onOrderFormChange],
  [orderFields.keyboardLayout, orderForm.onOrderFormChange],
  [orderFields.quantity, orderForm.onOrderFormChange],
  [orderFields.mode, orderForm.onOrderFormChange],
];

const submissions: Table<Handle<SubmissionArgs>> = [
  [callbacks.orderEquipment, orderForm.onOrderEquipment],
  [callbacks.yourCart, cart.onYourCart],
  [callbacks.declineRequest, card.onDecline],
  [callbacks.askForChanges, card.onAskForChanges],
  [callbacks.handOver, card.onHandOver],
  [callbacks.chooseApprover, card.onChooseApprover],
  [callbacks.deputy, deputy.onDeputy],
  [callbacks.settingsSection, settings.onSettingsSection],
];

const searches: Table<Handle<SearchArgs>> = [
  [orderFields.product, onProductOptions],
  [orderFields.assignee, onPeopleOptions],
  [cartActions.approver, onApproverOptions],
  [settingsFields.productGroups, onSettingsProducts],
];

const eventTable: Table<(deps: HandlerDeps) => (args: events.EventArgs<never>) => Promise<void>> = [
  ['app_home_opened', events.onAppHomeOpened],
  ['user_change', events.onUserChange],
  ['tokens_revoked', events.onTokensRevoked],
  ['app_uninstalled', events.onAppUninstalled],
];

/** Everything that the app listens to. `manifest.yml` names the same command, shortcut and events. */
export const tables = {
  command: commandTable,
  shortcut: shortcutTable,
  action: [...presses, ...fieldChanges],
  view: submissions,
  options: searches,
  event: eventTable,
};

const ANY = /^/u;

/** Bolt runs every listener for every request, so it gets one of each kind, which calls the handler of the id. */
export function registerHandlers(app: App, deps: HandlerDeps): void {
  const { command, shortcut, action, view, options, event } = tables;
  app.use(answerUnknown(deps));
  app.command(
    ANY,
    byId(deps, 'command', command, (args) => args.command.command),
  );
  app.shortcut<GlobalShortcut>(
    { type: 'shortcut' },
    byId(deps, 'press', shortcut, (args) => args.shortcut.callback_id),
  );
  // A field is no button, but what its handlers read of it, both have.
  app.action<BlockButtonAction>(
    { type: 'block_actions' },
    byId(deps, 'press', action, (args) => args.action.action_id),
  );
  app.view<ViewSubmitAction>(
    { type: 'view_submission' },
    byId(deps, 'submission', view, (args) => args.view.callback_id),
  );
  app.options<'block_suggestion'>(
    { type: 'block_suggestion' },
    byId(deps, 'search', options, (args) => args.options.action_id),
  );
  const onEvent = new Map(event.map(([name, listen]) => [name, listen(deps)]));
  app.event(ANY, async (args) => onEvent.get(args.event.type)?.(args as never));
}

/** Nothing happens for an id that no row has: `answerUnknown` comes next. */
function byId<Args extends AnyArgs>(
  deps: HandlerDeps,
  kind: Kind,
  table: Table<Handle<Args>>,
  idOf: (args: Args) => string,
): (args: Args) => Promise<void> {
  const listeners = new Map(table.map(([id, handle]) => [id, listener(deps, kind, handle)]));
  return async (args) => {
    const listen = listeners.get(idOf(args));
    if (listen === undefined) return;
    known.add(args.context);
    await listen(args);
  };
}

/** The contexts of requests that a listener has taken, and so acknowledged. */
const known = new WeakSet<object>();

/**
 * Answers what no listener knows: an id of a release that is gone, or of one newer than this instance. Bolt would leave
 * it unanswered for three seconds. Bolt also runs every listener that matches, so this one cannot be a listener: it runs
 * after them, and does nothing if one of them has acknowledged.
 */
export function answerUnknown(deps: HandlerDeps) {
  return async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await args.next();
    if (known.has(args.context)) return;
    if (!('ack' in args) || typeof args.ack !== 'function') return;
    const isCommand = 'command' in args;
    try {
      // Bolt types `ack` differently for each kind; both answers are valid for theirs.
      const ack = args.ack as (answer?: unknown) => Promise<void>;
      await ack(isCommand ? { response_type: 'ephemeral', text: unknownCommandText } : undefined);
    } catch (error) {
      if (error instanceof ReceiverMultipleAckError) return;
      throw error;
    }
    const workspace = args.context.teamId === undefined ? null : deps.workspace(args.context.teamId);
    if (isCommand || 'options' in args) return;
    if (workspace === null) return tellStranger(deps, args.body);
    workspace.inBackground('answer something unknown', answerUser(workspace, args.body, unknownPressText));
  };
}
