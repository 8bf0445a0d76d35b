import type { Work } from '../domain/work.ts';
import { personChanged } from '../services/people/note-person-change.ts';
import { approverLostNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

type PersonChanged = Extract<Work, { readonly kind: 'person_changed' }>;

const AGAIN_MS = 5_000;

export async function carryOutPersonChanged(work: PersonChanged, { context }: JobTenant): Promise<void> {
  const changed = await personChanged(context, work.slackUserId, approverLostNews);
  if (!changed.ok) throw new RetryLater(changed.retryAfterMs ?? AGAIN_MS);
}
