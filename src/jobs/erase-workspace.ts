import type { Work } from '../domain/work.ts';
import { resumeWorkspace } from '../services/admin/stop-workspace.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

type EraseWorkspace = Extract<Work, { readonly kind: 'erase_workspace' }>;

const AGAIN_MS = 60_000;

/**
 * Events arrive late and in any order, so only what Slack says about the token right now decides. If the token works,
 * the app was installed again, and nothing is deleted.
 */
export async function carryOutEraseWorkspace(
  work: EraseWorkspace,
  { context, slack, erase }: JobTenant,
): Promise<void> {
  const stop = await context.store.stop();
  if (stop === null) return;
  // 30 days later: a token that was revoked anew since then has an item of its own.
  if (work.stop.why === 'tokens_revoked' && stop.since !== work.stop.since) return;
  const token = await slack.tokenWorks();
  if (token.ok) return resumeWorkspace(context);
  if (token.failure.kind !== 'token_refused' || erase === undefined) throw new RetryLater(AGAIN_MS);
  await erase();
  // What is still under way elsewhere must find a workspace that has stopped, not an empty one.
  await context.store.commit({ stop });
  context.log.info('a workspace was erased', { why: stop.why });
}
