import type { Work } from '../domain/work.ts';
import { remind } from '../services/signature/remind.ts';
import { approverLostNews, reminderNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type Remind = Extract<Work, { readonly kind: 'remind' }>;

export async function carryOutRemind(work: Remind, { context }: JobTenant): Promise<void> {
  const news = { reminder: reminderNews, approverLost: approverLostNews };
  await carriedOut(remind(context, work.requestId, news));
}
