import { errorName } from '../../domain/error-name.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

interface EventArgs<E> {
  readonly event: E;
  readonly body: { readonly team_id: string; readonly event_id: string };
}

const PAUSES_MS = [500, 2_000, 10_000];

/**
 * Bolt acknowledges an event before it is handled, so Slack does not send it again when this fails: it is tried again here.
 * Handlers write once for each `event_id`, whatever Slack repeats. The workspace is the signed payload's.
 */
export function eventListener<E>(
  deps: HandlerDeps,
  handle: (event: E, tenant: Tenant, eventId: string) => Promise<void>,
): (args: EventArgs<E>) => Promise<void> {
  return async ({ event, body }) => {
    const tenant = deps.tenant(body.team_id);
    if (tenant === null) return;
    deps.inBackground(
      'handle an event',
      persist(deps, tenant, () => handle(event, tenant, body.event_id)),
    );
  };
}

async function persist(deps: HandlerDeps, tenant: Tenant, handle: () => Promise<void>): Promise<void> {
  for (const pauseMs of [...PAUSES_MS, null]) {
    try {
      await handle();
      deps.hurry();
      return;
    } catch (error) {
      deps.log.warn('an event could not be recorded', { error: errorName(error) });
      if (pauseMs === null) throw error;
      await tenant.context.sleep(pauseMs);
    }
  }
}
