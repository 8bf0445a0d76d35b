import { errorName, type SlackFailure } from '../domain/failures/failure.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import type { ModalView } from '../domain/surfaces.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Slack } from '../slack/slack.ts';
import { noticeModal, notShownText, sentence, slackFailureText } from '../views/notices.ts';

/** An installed workspace: the services' context and Slack's Web API, with short time-outs where a person waits. */
export interface Workspace {
  readonly context: ServiceContext;
  readonly slack: Slack;
}

/** Answers privately: over the response_url, or by DM where there is none (a modal, the Home tab). */
export async function answerUser({ slack }: Workspace, body: object, text: string): Promise<void> {
  const responseUrl = 'response_url' in body && typeof body.response_url === 'string' ? body.response_url : null;
  if (responseUrl !== null) {
    const answer = { ...sentence(text), response_type: 'ephemeral', replace_original: false } as const;
    if ((await slack.respond(responseUrl, answer)).ok) return;
  }
  const slackUserId = userIn(body);
  if (slackUserId !== null) await slack.post(slackUserId, sentence(text));
}

function userIn(body: object): SlackUserId | null {
  if ('user' in body && typeof body.user === 'object' && body.user !== null && 'id' in body.user)
    return typeof body.user.id === 'string' ? (body.user.id as SlackUserId) : null;
  return 'user_id' in body && typeof body.user_id === 'string' ? (body.user_id as SlackUserId) : null;
}

/** Opens a modal at once, since a trigger lives three seconds. Null: Slack refused, and they were told. */
export async function openLoading(
  workspace: Workspace,
  body: { readonly trigger_id: string },
  loading: ModalView,
): Promise<{ readonly viewId: SlackViewId; readonly hash: string } | null> {
  const opened = await workspace.slack.openModal(body.trigger_id, loading);
  if (opened.ok) return opened.value;
  await answerUser(workspace, body, slackFailureText(opened.failure));
  return null;
}

interface FilledModal {
  readonly viewId: SlackViewId;
  /** Title of the notice if it cannot be filled. */
  readonly title: string;
  /** The notice's text. Default: nothing was changed. */
  readonly failed?: string;
}

/** Fills an open modal, or says in it that this failed. */
export async function fillModal(
  { context: { log }, slack }: Workspace,
  { viewId, title, failed = notShownText }: FilledModal,
  view: () => Promise<ModalView>,
): Promise<void> {
  try {
    const shown = await slack.updateModal(viewId, await view());
    if (shown.ok || shown.failure.kind === 'gone') return;
    log.warn('a modal was not shown', { modal: title, failure: shown.failure.kind });
  } catch (error) {
    log.error('what a modal was to show could not be read', { modal: title, error: errorName(error) });
  }
  await slack.updateModal(viewId, noticeModal(title, failed));
}

/** An open modal and the action that it is drawn for; a later action supersedes it. */
export interface OpenModal {
  readonly viewId: SlackViewId;
  readonly hash: string;
  /** `action_ts`; `OPENING` when it is filled for the first time. */
  readonly generation: string;
  /** True: the person has been filling it in. */
  readonly isForm: boolean;
}

export const OPENING = '0';

const MAX_WAIT_MS = 3000;

/**
 * Draws into the modal unless a newer action superseded it. False: superseded or closed, so there is nothing more to
 * draw and no one to tell.
 */
export type Draw = (view: ModalView) => Promise<boolean>;

export function createDraw({ context, slack }: Workspace, { viewId, hash, generation }: OpenModal): Draw {
  // Slack refuses an update if the modal has changed since this hash, so nothing newer is overwritten.
  let known: string | undefined = hash;
  return async (view) => {
    for (let tries = 0; tries < 3; tries += 1) {
      if (known === undefined && !(await context.store.isCurrentGeneration(viewId, generation))) return false;
      const drawn = await slack.updateModal(viewId, view, known);
      if (drawn.ok) {
        known = drawn.value.hash;
        return true;
      }
      if (drawn.failure.kind === 'gone') return false;
      // An older drawing came in between. Ours is the newest, so it replaces whatever is there.
      if (drawn.failure.kind === 'stale_view') known = undefined;
      else if (!(await waitToRetry(context, drawn.failure))) throw new ModalNotDrawn(drawn.failure.kind);
    }
    throw new ModalNotDrawn('unavailable');
  };
}

/** Slack refused the view. The person's modal will not change, so they must be told elsewhere. */
export class ModalNotDrawn extends Error {
  override name = 'ModalNotDrawn';
  readonly kind: SlackFailure['kind'];
  constructor(kind: SlackFailure['kind']) {
    super(`modal not drawn: ${kind}`);
    this.kind = kind;
  }
}

async function waitToRetry({ sleep }: ServiceContext, failure: SlackFailure): Promise<boolean> {
  if (failure.kind === 'rate_limited') {
    await sleep(Math.min(failure.retryAfterMs, MAX_WAIT_MS));
    return true;
  }
  if (failure.kind !== 'unavailable') return false;
  await sleep(500);
  return true;
}

/** One minute: most companies load in less. */
const QUICK_LOOKS = 120;
const QUICK_LOOK_MS = 500;
/** Half an hour: 10,000 people take five minutes, and many of them may be waiting. */
const MAX_LOOKS = QUICK_LOOKS + 360;
const SLOW_LOOK_MS = 5_000;

interface PeopleWait<T> {
  readonly look: () => Promise<T>;
  /** No one can be matched yet. */
  readonly isTooEarly: (found: T) => boolean;
  /** Says in the modal that we wait. False: the modal was closed. */
  readonly showWaiting: () => Promise<boolean>;
}

/**
 * No one can be matched before all of Fleet's people have been read once. Until then the modal says so; then it fills
 * itself. Null: the modal was closed.
 */
export async function waitForPeople<T>(
  { context }: Workspace,
  { look, isTooEarly, showWaiting }: PeopleWait<T>,
): Promise<T | null> {
  let found = await look();
  if (!isTooEarly(found)) return found;
  if (!(await showWaiting())) return null;
  for (let looks = 0; looks < MAX_LOOKS && isTooEarly(found); looks += 1) {
    const isQuick = looks < QUICK_LOOKS;
    await context.sleep(isQuick ? QUICK_LOOK_MS : SLOW_LOOK_MS);
    // The full look-up runs less often: it also notices when Fleet stops answering.
    if (!isQuick || (await context.store.directory.state()) !== null) found = await look();
  }
  return found;
}
