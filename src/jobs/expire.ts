import type { Work } from '../domain/work.ts';
import { expireRequest } from '../services/signature/expire-request.ts';
import { decisionNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type Expire = Extract<Work, { readonly kind: 'expire' }>;

export async function carryOutExpire(work: Expire, { context }: JobTenant): Promise<void> {
  await carriedOut(expireRequest(context, work.requestId, decisionNews));
}
