import {
  type AllMiddlewareArgs,
  type AnyMiddlewareArgs,
  type App,
  type BlockAction,
  type BlockButtonAction,
  type GlobalShortcut,
  ReceiverMultipleAckError,
  type ViewSubmitAction,
} from '@slack/bolt';
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
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
import { askForChangesModal, chooseApproverModal, declineModal, handOverModal } from '../views/request/modals.ts';
import {
  onApprove,
  onAskForChanges,
  onChooseApprover,
  onDecline,
  onHandOver,
  onOpenModal,
  onRemind,
  onShowAllLines,
  onWithdraw,
} from './card.ts';
import {
  type CartPressArgs,
  onLeaveExisting,
  onRemoveFound,
  onRemoveRow,
  onReplaceExisting,
  onShowPage,
  onWithdrawAndEdit,
  onYourCart,
} from './cart.ts';
import { onFleetCommand } from './commands.ts';
import { onBack, onNameDeputy } from './deputy.ts';
import { onAppHomeOpened, onAppUninstalled, onTokensRevoked, onUserChange } from './events.ts';
import { type HandlerDeps, listener, type PressArgs, type SubmissionArgs } from './listener.ts';
import { onApproverOptions, onPeopleOptions, onProductOptions, onSettingsProducts } from './options.ts';
import {
  onAddDevice,
  onCompleteFound,
  onEditRow,
  onOrderEquipment,
  onOrderFormChange,
  onOrderShortcut,
} from './order-form.ts';
import {
  onAuditPage,
  onOpenAudit,
  onOpenSection,
  onOpenUnmatched,
  onSettingsSection,
  onTryFleetAgain,
} from './settings.ts';
import { onOpenCart, onOpenOrder, onShareStatus, onTurnPage } from './status.ts';
import { onDeputy } from './submissions/deputy.ts';

type Press = ReturnType<typeof onTryFleetAgain>;

/** What only admins do. */
function registerAdmin(app: App, deps: HandlerDeps): void {
  const press = (
    actionId: string,
    handle: (args: Parameters<Press>[0], workspace: Workspace) => Promise<void>,
  ): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  press(generalActions.tryFleetAgain, onTryFleetAgain(deps));
  press(settingsActions.openSection, onOpenSection(deps));
  press(settingsActions.openUnmatched, onOpenUnmatched(deps));
  press(settingsActions.openAudit, onOpenAudit(deps));
  press(settingsActions.auditPage, onAuditPage(deps));
  app.view<ViewSubmitAction>(callbacks.settingsSection, listener(deps, 'submission', onSettingsSection(deps)));
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: settingsFields.productGroups },
    listener(deps, 'options', onSettingsProducts),
  );
}

function registerCard(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: PressArgs, workspace: Workspace) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  const submission = (
    callbackId: string,
    handle: (args: SubmissionArgs, workspace: Workspace) => Promise<void>,
  ): void => {
    app.view<ViewSubmitAction>(callbackId, listener(deps, 'submission', handle));
  };
  press(cardActions.approve, onApprove(deps));
  press(cardActions.decline, onOpenModal('approver', declineModal));
  press(cardActions.askForChanges, onOpenModal('approver', askForChangesModal));
  press(cardActions.handOver, onOpenModal('approver', handOverModal));
  press(cardActions.withdraw, onWithdraw(deps));
  press(cardActions.remind, onRemind(deps));
  press(cardActions.chooseApprover, onOpenModal('requester', chooseApproverModal));
  press(cardActions.showAllLines, onShowAllLines(deps));

  submission(callbacks.declineRequest, onDecline(deps));
  submission(callbacks.askForChanges, onAskForChanges(deps));
  submission(callbacks.handOver, onHandOver(deps));
  submission(callbacks.chooseApprover, onChooseApprover(deps));
}

/** From the submission of **Order equipment** to the request being sent. */
function registerCart(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: CartPressArgs, workspace: Workspace) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  app.view<ViewSubmitAction>(callbacks.orderEquipment, listener(deps, 'submission', onOrderEquipment(deps)));
  app.view<ViewSubmitAction>(callbacks.yourCart, listener(deps, 'submission', onYourCart(deps)));
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: cartActions.approver },
    listener(deps, 'options', onApproverOptions),
  );
  press(cartActions.editRow, onEditRow(deps));
  press(cartActions.removeRow, onRemoveRow(deps));
  press(cartActions.addDevice, onAddDevice(deps));
  press(cartActions.showPage, onShowPage(deps));
  press(cartActions.completeFound, onCompleteFound(deps));
  press(cartActions.removeFound, onRemoveFound(deps));
  press(cartActions.replaceExisting, onReplaceExisting(deps));
  press(cartActions.leaveExisting, onLeaveExisting());
  press(cartActions.withdrawAndEdit, onWithdrawAndEdit(deps));
}

/** An approver who is away names who is asked meanwhile. */
function registerDeputy(app: App, deps: HandlerDeps): void {
  const { name, end } = deputyActions;
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: name }, listener(deps, 'press', onNameDeputy));
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: end }, listener(deps, 'press', onBack));
  app.view<ViewSubmitAction>(callbacks.deputy, listener(deps, 'submission', onDeputy(deps)));
}

/** The life of people and of the installation. `manifest.yml` names the same events. */
function registerEvents(app: App, deps: HandlerDeps): void {
  app.event('app_home_opened', onAppHomeOpened(deps));
  app.event('user_change', onUserChange(deps));
  app.event('tokens_revoked', onTokensRevoked(deps));
  app.event('app_uninstalled', onAppUninstalled(deps));
}

/** The fields that other fields or the price depend on. The submission is registered with the cart. */
const fieldsThatTell = [
  orderFields.deliveryCountry,
  orderFields.category,
  orderFields.product,
  orderFields.configuration,
  orderFields.keyboardLayout,
  orderFields.quantity,
  orderFields.mode,
];

function registerOrderEquipment(app: App, deps: HandlerDeps): void {
  app.command(commands.fleet, listener(deps, 'command', onFleetCommand(deps)));
  app.shortcut<GlobalShortcut>(
    { type: 'shortcut', callback_id: shortcuts.orderEquipment },
    listener(deps, 'press', onOrderShortcut(deps)),
  );
  for (const field of fieldsThatTell) {
    app.action<BlockAction>(
      { type: 'block_actions', action_id: field },
      listener(deps, 'press', onOrderFormChange(deps)),
    );
  }
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: orderFields.product },
    listener(deps, 'options', onProductOptions),
  );
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: orderFields.assignee },
    listener(deps, 'options', onPeopleOptions),
  );
}

/** Buttons below private answers: what one asks for is checked again at the press. */
function registerStatus(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: PressArgs, workspace: Workspace) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  press(generalActions.shareStatus, onShareStatus(deps));
  press(generalActions.openCart, onOpenCart(deps));
  press(generalActions.openOrder, onOpenOrder(deps));
  press(generalActions.nextPage, onTurnPage(deps));
  press(generalActions.previousPage, onTurnPage(deps));
}

/**
 * Something that no listener knows: an id of a release that is gone, or of one newer than this instance. Bolt would
 * leave it unanswered for three seconds, and runs every listener that matches, so a catch-all cannot be one of them: it
 * goes after them, and whoever was acknowledged already needs nothing.
 */
export function answerUnknown(deps: HandlerDeps) {
  return async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await args.next();
    if (!('ack' in args) || typeof args.ack !== 'function') return;
    const isCommand = 'command' in args;
    try {
      // Bolt's ack takes a different answer for each kind; both of these are legal for theirs.
      const ack = args.ack as (answer?: unknown) => Promise<void>;
      await ack(isCommand ? { response_type: 'ephemeral', text: unknownCommandText } : undefined);
    } catch (error) {
      if (error instanceof ReceiverMultipleAckError) return;
      throw error;
    }
    const workspace = args.context.teamId === undefined ? null : deps.workspace(args.context.teamId);
    if (isCommand || 'options' in args || workspace === null) return;
    deps.inBackground('answer something unknown', tellWhoActed(workspace, args.body, unknownPressText));
  };
}

/** The whole Slack surface of the app: what is not named below is not listened to. */
export function registerHandlers(app: App, deps: HandlerDeps): void {
  app.use(answerUnknown(deps));
  registerOrderEquipment(app, deps);
  registerCart(app, deps);
  registerCard(app, deps);
  registerDeputy(app, deps);
  registerStatus(app, deps);
  registerAdmin(app, deps);
  registerEvents(app, deps);
}
