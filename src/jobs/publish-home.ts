import type { Work } from '../domain/work.ts';
import { showHome } from '../presenters/lists.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

/** Whoever cannot be shown a Home tab (left, tab switched off) misses nothing: their cards say the same. */
export async function carryOutPublishHome(
  { slackUserId }: Extract<Work, { readonly kind: 'publish_home' }>,
  tenant: JobTenant,
): Promise<void> {
  const published = await showHome(tenant, slackUserId);
  if (published.ok) return;
  if (published.failure.kind === 'rate_limited') throw new RetryLater(published.failure.retryAfterMs);
  tenant.context.log.warn('a Home tab was not published', { failure: published.failure.kind });
}
