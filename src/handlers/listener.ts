import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockButtonAction,
  GlobalShortcut,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { errorName } from '../domain/failures/failure.ts';
import type { SlackViewId } from '../domain/ids.ts';
import { answerUser, type Workspace } from '../presenters/workspace.ts';
import { type Log, onceName } from '../services/context.ts';
import type { Slack } from '../slack/slack.ts';
import {
  notConfirmedText,
  notDoneText,
  notInstalledText,
  noticeModal,
  notShownText,
  sentence,
} from '../views/notices.ts';

export interface HandlerDeps {
  /** Null: this workspace has no installation here. */
  readonly workspace: (slackTeamId: string) => HandlerWorkspace | null;
  /** Needs no token, so it also reaches people of a workspace that isn't installed. */
  readonly respond: Slack['respond'];
  readonly log: Log;
}

/** Its Slack client has short time-outs, since a person waits. */
export interface HandlerWorkspace extends Workspace {
  /** Moves what was just accepted to the queue, without waiting for the relay's next round. Call it after `ack`. */
  readonly relaySoon: () => void;
  /** Work after `ack` that may be lost with the process, such as filling a modal. A shutdown waits for it. */
  readonly inBackground: (what: string, work: Promise<void>) => void;
  /** Resolves when the requests that have arrived are read. */
  readonly ownTurn: () => Promise<void>;
  /** Asks Slack whether it still accepts our token, until it does. */
  readonly recheckToken: () => void;
}

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
/** `/fleet verb …`: what follows the verb. */
export type VerbArgs = CommandArgs & {
  /** As Slack escaped it: a person is `<@U1|anna>`. */
  readonly rest: string;
  /** As it was typed. */
  readonly words: string;
};
export type ShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs;
export type PressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
/** A field of a modal changed. */
export type FieldArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
/** The part of Bolt's arguments that a search needs: TypeScript cannot compare Bolt's own type, it is too deep. */
export interface SearchArgs {
  readonly ack: (answer: { options: PlainTextOption[] }) => Promise<void>;
  readonly options: { readonly action_id: string };
  readonly body: {
    readonly value: string;
    readonly user: { readonly id: string };
    readonly view?: { readonly private_metadata: string };
  };
  readonly context: { readonly teamId?: string };
}

export type Handle<Args> = (args: Args, workspace: HandlerWorkspace) => Promise<void>;

/** A trigger is made for one press or command. A repeated delivery has the same, like all of what was signed. */
export function onceOfPress(
  body: { readonly trigger_id: string; readonly user?: { readonly id: string }; readonly user_id?: string },
  { context }: Workspace,
): string {
  return onceName(context, 'press', body.user?.id ?? body.user_id ?? '', body.trigger_id);
}

/** A view that was submitted successfully closes or changes, and with it its hash. */
export function onceOfSubmission(
  { body, view }: Pick<SubmissionArgs, 'body' | 'view'>,
  { context }: Workspace,
): string {
  return onceName(context, 'submission', body.user.id, view.id, view.hash);
}

/** What a failed acknowledgement can carry depends on it. */
export type Kind = 'command' | 'submission' | 'press' | 'search';

/** What every kind of interaction has. */
export interface AnyArgs {
  // Bolt types `ack` differently for each kind.
  readonly ack: (...answer: never[]) => Promise<void>;
  readonly body: object;
  readonly context: { readonly teamId?: string };
}

/**
 * Wraps every handler: takes the workspace from the signed payload, always acknowledges (Bolt would let Slack wait three
 * seconds and show "operation timed out"), and tells the person when the handler fails.
 */
export function listener<Args extends AnyArgs>(
  deps: HandlerDeps,
  kind: Kind,
  handle: Handle<Args>,
): (args: Args) => Promise<void> {
  return async (args) => {
    const workspace = args.context.teamId === undefined ? null : deps.workspace(args.context.teamId);
    if (workspace === null) {
      deps.log.warn('someone of another workspace was turned away', { kind, slackTeamId: args.context.teamId });
      return apologise({ kind, workspace, deps }, args, false, notInstalledText);
    }
    const handled = handleFor(workspace, { deps, kind, handle, args });
    // What follows the acknowledgement is waited for by a shutdown, like what it starts.
    workspace.inBackground(kind, handled);
    await handled;
  };
}

interface Listening<Args> {
  readonly deps: HandlerDeps;
  readonly kind: Kind;
  readonly handle: Handle<Args>;
  readonly args: Args;
}

async function handleFor<Args extends AnyArgs>(
  workspace: HandlerWorkspace,
  { deps, kind, handle, args }: Listening<Args>,
): Promise<void> {
  let isAcknowledged = false;
  const ack = async (...answer: never[]): Promise<void> => {
    await workspace.context.step?.(`${kind}.before_ack`);
    isAcknowledged = true;
    await args.ack(...answer);
    await workspace.context.step?.(`${kind}.after_ack`);
    await workspace.ownTurn();
  };
  try {
    await handle({ ...args, ack }, workspace);
  } catch (error) {
    deps.log.error('a listener failed', { kind, error: errorName(error) });
    // What was acknowledged may be recorded, so we can't say whether anything was done.
    const text = isAcknowledged ? notConfirmedText : notDoneText(error);
    await apologise({ kind, workspace, deps }, args, isAcknowledged, text);
  }
}

interface Apology {
  readonly kind: Kind;
  readonly workspace: HandlerWorkspace | null;
  readonly deps: HandlerDeps;
}

async function apologise(
  { kind, workspace, deps }: Apology,
  args: AnyArgs,
  isAcknowledged: boolean,
  text: string,
): Promise<void> {
  // `kind` decides the shape of the answer, which Bolt's types cannot know here.
  const ack = args.ack as (answer?: unknown) => Promise<void>;
  try {
    if (!isAcknowledged && kind === 'command') return await ack({ response_type: 'ephemeral', text });
    if (!isAcknowledged && kind === 'submission')
      return await ack({ response_action: 'update', view: noticeModal('Fleet', text) });
    if (!isAcknowledged) await ack(kind === 'search' ? { options: [] } : undefined);
    if (kind === 'search') return;
    if (workspace === null) await tellStranger(deps, args.body);
    else await answerUser(workspace, args.body, text);
  } catch (error) {
    deps.log.error('an apology could not be delivered', { kind, error: errorName(error) });
  }
}

/** Answers a press where the app isn't installed, or no longer is. */
export async function tellStranger({ respond }: HandlerDeps, body: object): Promise<void> {
  if (!('response_url' in body) || typeof body.response_url !== 'string') return;
  const text = { ...sentence(notInstalledText), response_type: 'ephemeral', replace_original: false } as const;
  await respond(body.response_url, text);
}

/** Who waits for background work, and where they are told that it failed. */
interface Waiting {
  /** Slack's payload: says who acted. */
  readonly body: object;
  /** The modal they are looking at: a message would be hidden behind it. */
  readonly modal?: { readonly viewId: SlackViewId; readonly title: string };
  /** Default: nothing was changed. */
  readonly failed?: string;
}

/** Work after `ack` that a person waits for: they are told if it fails. */
export function runOrTell(
  workspace: HandlerWorkspace,
  what: string,
  waiting: Waiting,
  work: () => Promise<unknown>,
): void {
  const run = async () => {
    try {
      await work();
    } catch (error) {
      await tellFailed(workspace, waiting);
      throw error;
    }
  };
  workspace.inBackground(what, run());
}

async function tellFailed(workspace: Workspace, { body, modal, failed = notShownText }: Waiting): Promise<void> {
  if (modal !== undefined) {
    const shown = await workspace.slack.updateModal(modal.viewId, noticeModal(modal.title, failed));
    if (shown.ok || shown.failure.kind === 'gone') return;
  }
  await answerUser(workspace, body, failed);
}

/** Sends an answer over the `response_url` after `ack`; tells the person if it could not be sent. */
export function answerLater(
  workspace: HandlerWorkspace,
  what: string,
  body: object,
  answer: () => Promise<{ readonly ok: boolean }>,
): void {
  runOrTell(workspace, what, { body }, async () => {
    const { ok } = await answer();
    if (!ok) await answerUser(workspace, body, notShownText);
  });
}
