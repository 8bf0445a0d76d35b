import { errorName } from '../domain/errors.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { showHome } from '../presenters/lists.ts';
import type { Workspace } from '../presenters/workspace.ts';
import { queuePersonChange, type ReportedProfile } from '../services/request/approver-unavailable.ts';
import { stopWorkspace } from '../services/settings/stop-workspace.ts';
import type { HandlerDeps } from './listener.ts';

interface EventArgs<E> {
  readonly event: E;
  readonly body: { readonly team_id: string; readonly event_id: string };
}

const PAUSES_MS = [500, 2_000, 10_000];

/**
 * Bolt acknowledges an event before it is handled, so Slack does not send it again when this fails: it is tried again here.
 * Handlers write once for each `event_id`, whatever Slack repeats. The workspace is the signed payload's.
 */
function eventListener<E>(
  deps: HandlerDeps,
  handle: (event: E, workspace: Workspace, eventId: string) => Promise<void>,
): (args: EventArgs<E>) => Promise<void> {
  return async ({ event, body }) => {
    const workspace = deps.workspace(body.team_id);
    if (workspace === null) return;
    deps.inBackground(
      'handle an event',
      persist(deps, workspace, () => handle(event, workspace, body.event_id)),
    );
  };
}

async function persist(deps: HandlerDeps, workspace: Workspace, handle: () => Promise<void>): Promise<void> {
  for (const pauseMs of [...PAUSES_MS, null]) {
    try {
      await handle();
      deps.hurry();
      return;
    } catch (error) {
      deps.log.warn('an event could not be recorded', { error: errorName(error) });
      if (pauseMs === null) throw error;
      await workspace.context.sleep(pauseMs);
    }
  }
}

/** Slack sends it at every opening, of the Messages tab too. */
export function onAppHomeOpened(deps: HandlerDeps) {
  return eventListener<{ readonly user: string; readonly tab?: string }>(deps, async ({ user, tab }, workspace) => {
    if (tab !== 'home') return;
    const slackUserId = user as SlackUserId;
    await workspace.context.store.noteHomeOpened(slackUserId);
    await showHome(workspace, slackUserId);
  });
}

interface UserChange {
  readonly user: {
    readonly id: string;
    readonly deleted?: boolean;
    readonly tz?: string;
    readonly is_restricted?: boolean;
    readonly is_ultra_restricted?: boolean;
    readonly is_admin?: boolean;
    readonly is_owner?: boolean;
    readonly is_primary_owner?: boolean;
    readonly profile?: { readonly email?: string };
  };
}

export function onUserChange(deps: HandlerDeps) {
  return eventListener<UserChange>(deps, async ({ user }, { context }, eventId) => {
    await queuePersonChange(context, user.id as SlackUserId, told(user), eventId);
  });
}

function told(user: UserChange['user']): ReportedProfile {
  return {
    ...(user.profile === undefined ? {} : { email: user.profile.email ?? null }),
    ...(user.tz === undefined ? {} : { timeZone: user.tz }),
    ...(user.is_restricted === undefined ? {} : { isGuest: user.is_restricted || user.is_ultra_restricted === true }),
    ...(user.is_admin === undefined
      ? {}
      : { isSlackAdmin: user.is_admin || user.is_owner === true || user.is_primary_owner === true }),
    isDeactivated: user.deleted === true,
  };
}

interface TokensRevoked {
  readonly tokens: { readonly oauth?: readonly string[]; readonly bot?: readonly string[] };
}

/** A person's own token says nothing about the app's. */
export function onTokensRevoked(deps: HandlerDeps) {
  return eventListener<TokensRevoked>(deps, async ({ tokens }, { context }, eventId) => {
    if ((tokens.bot ?? []).length === 0) return;
    await stopWorkspace(context, 'tokens_revoked', eventId);
    deps.tokenDoubted();
  });
}

export function onAppUninstalled(deps: HandlerDeps) {
  return eventListener<object>(deps, async (_event, { context }, eventId) => {
    await stopWorkspace(context, 'app_uninstalled', eventId);
    deps.tokenDoubted();
  });
}
