import type { SlackUserId } from '../../domain/ids.ts';
import { showHome } from '../../presenters/lists.ts';
import type { HandlerDeps } from '../deps.ts';
import { eventListener } from './event-listener.ts';

/** Slack sends it at every opening, of the Messages tab too. */
export function onAppHomeOpened(deps: HandlerDeps) {
  return eventListener<{ readonly user: string; readonly tab?: string }>(deps, async ({ user, tab }, tenant) => {
    if (tab !== 'home') return;
    const slackUserId = user as SlackUserId;
    await tenant.context.store.noteHomeOpened(slackUserId);
    await showHome(tenant, slackUserId);
  });
}
