import type { Work } from '../domain/work.ts';
import { carryOutApproval as carryOut } from '../services/signature/carry-out-approval.ts';
import { decisionNews, unsignedNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type Approval = Extract<Work, { readonly kind: 'carry_out_approval' }>;

export async function carryOutApproval(work: Approval, { context }: JobTenant): Promise<void> {
  await carriedOut(carryOut(context, work.requestId, decisionNews, unsignedNews));
}
