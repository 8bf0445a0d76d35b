import { stopWorkspace } from '../../services/admin/stop-workspace.ts';
import type { HandlerDeps } from '../deps.ts';
import { eventListener } from './event-listener.ts';

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
