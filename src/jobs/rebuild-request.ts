import type { Work } from '../domain/work.ts';
import { rebuildRequest } from '../services/signature/rebuild-request.ts';
import { rebuiltNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type Rebuild = Extract<Work, { readonly kind: 'rebuild_request' }>;

export async function carryOutRebuild(work: Rebuild, { context }: JobTenant): Promise<void> {
  await carriedOut(rebuildRequest(context, work, rebuiltNews));
}
