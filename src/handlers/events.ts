import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { showHome } from '../presenters/lists.ts';
import { queuePersonChange, type ReportedProfile } from '../services/request/deputy.ts';
import { stopWorkspace } from '../services/settings/pause.ts';
import type { HandlerDeps, HandlerWorkspace } from './listener.ts';

/** Sent whenever the app is opened, on the Messages tab too. */
export function onAppHomeOpened(deps: HandlerDeps) {
  return eventListener<{ readonly user: string; readonly tab?: string }>(
    deps,
    'other',
    async ({ user, tab }, workspace) => {
      if (tab !== 'home') return;
      const slackUserId = user as SlackUserId;
      await workspace.context.store.noteHomeOpened(slackUserId);
      await showHome(workspace, slackUserId);
    },
  );
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
  return eventListener<UserChange>(deps, 'other', async ({ user }, { context }, eventId) => {
    await queuePersonChange(context, { slackUserId: user.id as SlackUserId, eventId }, reportedProfile(user));
  });
}

function reportedProfile(user: UserChange['user']): ReportedProfile {
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

/** Only the bot's token matters: a user's own token says nothing about the app's. */
export function onTokensRevoked(deps: HandlerDeps) {
  return eventListener<TokensRevoked>(deps, 'removal', async ({ tokens }, { context, recheckToken }, eventId) => {
    if ((tokens.bot ?? []).length === 0) return;
    await stopWorkspace(context, 'tokens_revoked', eventId);
    recheckToken();
  });
}

export function onAppUninstalled(deps: HandlerDeps) {
  return eventListener<object>(deps, 'removal', async (_event, { context, recheckToken }, eventId) => {
    await stopWorkspace(context, 'app_uninstalled', eventId);
    recheckToken();
  });
}

export interface EventArgs<E> {
  readonly event: E;
  readonly body: { readonly team_id: string; readonly event_id: string };
}

/**
 * Bolt acknowledges an event before we handle it, so Slack does not resend it when that fails: we retry. Handlers write
 * once for each `event_id`, so a repeated event is harmless.
 */
function eventListener<E>(
  deps: HandlerDeps,
  kind: 'removal' | 'other',
  handle: (event: E, workspace: HandlerWorkspace, eventId: string) => Promise<void>,
): (args: EventArgs<E>) => Promise<void> {
  return async ({ event, body }) => {
    const workspace = deps.workspace(body.team_id);
    if (workspace === null) return;
    const handled = retry(workspace, async () => {
      // Slack sends nothing to an app without a token: what still comes is late, and its data may be erased.
      if (kind === 'other' && (await workspace.context.store.stop()) !== null) return;
      await handle(event, workspace, body.event_id);
    });
    workspace.inBackground('handle an event', handled);
  };
}

const PAUSES_MS = [500, 2_000, 10_000];

async function retry({ context, relaySoon, ownTurn }: HandlerWorkspace, handle: () => Promise<void>): Promise<void> {
  await ownTurn();
  for (const pauseMs of [...PAUSES_MS, null]) {
    try {
      await handle();
      relaySoon();
      return;
    } catch (error) {
      context.log.warn('an event could not be recorded', { error: errorName(error) });
      if (pauseMs === null) throw error;
      await context.sleep(pauseMs);
    }
  }
}
