import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { errorName } from '../domain/errors.ts';
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import type { Log } from '../services/context.ts';
import { notConfirmedText, notDoneText, notInstalledText, noticeModal, notShownText } from '../views/notices.ts';

export interface HandlerDeps {
  /** Null: this workspace has no installation here. */
  readonly workspace: (slackTeamId: string) => Workspace | null;
  /** Moves what was just accepted to the queue now, not in the relay's next round. Call it after the acknowledgement. */
  readonly hurry: () => void;
  /** Work that goes on after the acknowledgement and may be lost with the process (filling a modal): waited for on shutdown. */
  readonly inBackground: (what: string, work: Promise<void>) => void;
  /** Slack may have taken the token away: it is asked, and again until it takes the token. */
  readonly tokenDoubted: () => void;
  readonly log: Log;
}

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export type PressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** What was typed after `/fleet`: its first word and the rest, as Slack escaped them. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const [, verb = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return { verb: decoded(verb).toLowerCase(), rest: rest.trim() };
}

/** As it was typed: the command's `should_escape` makes `<@U1|anna>` of @anna and entities of three characters. */
export function decoded(text: string): string {
  return text
    .replace(/<([@#])[^<>|]*\|([^<>]*)>/gu, '$1$2')
    .replace(/<([@#!])([^<>|]*)>/gu, '$1$2')
    .replace(/<[^<>|]*\|([^<>]*)>/gu, '$1')
    .replace(/<([^<>]*)>/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Acknowledges at once; what has to be looked up follows over the command's own response, or an apology does. */
export async function answerAfterwards(
  deps: HandlerDeps,
  workspace: Workspace,
  { ack, body }: CommandArgs,
  answer: () => Promise<{ readonly ok: boolean }>,
): Promise<void> {
  await ack();
  const answered = async () => {
    try {
      if ((await answer()).ok) return;
    } catch (error) {
      deps.log.error('a command could not be answered', { error: errorName(error) });
    }
    await tellWhoActed(workspace, body, notShownText);
  };
  deps.inBackground('answer a command', answered());
}

/** The part of Bolt's listener arguments that every kind of interaction shares. */
interface AnyArgs {
  // Bolt types ack differently for each kind of listener; only its being called matters here.
  readonly ack: (...answer: never[]) => Promise<void>;
  readonly body: object;
  readonly context: { readonly teamId?: string };
}

/** What an acknowledgement can carry when nothing could be recorded; the rest is told over response_url or a modal. */
type Kind = 'command' | 'submission' | 'press' | 'options' | 'event';

/**
 * Every listener goes through here: the workspace is taken from the signed payload, an acknowledgement is sent whatever
 * happens (Bolt would let Slack wait for 3 s and show "operation timed out"), and whoever acted always gets a sentence.
 */
export function listener<Args extends AnyArgs>(
  deps: HandlerDeps,
  kind: Kind,
  handle: (args: Args, workspace: Workspace) => Promise<void>,
): (args: Args) => Promise<void> {
  return async (args) => {
    let acknowledged = false;
    const workspace = args.context.teamId === undefined ? null : deps.workspace(args.context.teamId);
    const ack = async (...answer: never[]): Promise<void> => {
      await workspace?.context.step?.(`${kind}.before_ack`);
      acknowledged = true;
      await args.ack(...answer);
      await workspace?.context.step?.(`${kind}.after_ack`);
    };
    try {
      if (workspace === null) await apologise(deps, null, kind, args, false, notInstalledText);
      else await handle({ ...args, ack }, workspace);
    } catch (error) {
      deps.log.error('a listener failed', { kind, error: errorName(error) });
      await apologise(deps, workspace, kind, args, acknowledged, failedText(error, acknowledged));
    }
  };
}

/** What is acknowledged may be recorded: whatever fails then says nothing of what was done. */
function failedText(error: unknown, acknowledged: boolean): string {
  return acknowledged ? notConfirmedText : notDoneText(error);
}

async function apologise(
  deps: HandlerDeps,
  workspace: Workspace | null,
  kind: Kind,
  args: AnyArgs,
  acknowledged: boolean,
  text: string,
): Promise<void> {
  // One cast for Bolt's per-kind ack types: the answer's form is decided by `kind`, which the caller states.
  const ack = args.ack as (answer?: unknown) => Promise<void>;
  try {
    if (!acknowledged && kind === 'command') return await ack({ response_type: 'ephemeral', text });
    if (!acknowledged && kind === 'submission')
      return await ack({ response_action: 'update', view: noticeModal('Fleet', text) });
    if (!acknowledged) await ack(kind === 'options' ? { options: [] } : undefined);
    if (kind !== 'options' && kind !== 'event' && workspace !== null) await tellWhoActed(workspace, args.body, text);
  } catch (error) {
    deps.log.error('an apology could not be delivered', { kind, error: errorName(error) });
  }
}
