import type { Work } from '../domain/work.ts';
import { lookNow } from '../services/signature/look-now.ts';
import { lookUpUnconfirmed } from '../services/signature/look-up-unconfirmed.ts';
import { decisionNews, unsignedNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type LookUp = Extract<Work, { readonly kind: 'look_up_unconfirmed' }>;

export async function carryOutLookUp(work: LookUp, { context }: JobTenant): Promise<void> {
  if (work.isExtra === true) return carriedOut(lookNow(context, work.requestId, decisionNews));
  await carriedOut(lookUpUnconfirmed(context, work.requestId, decisionNews, unsignedNews));
}
