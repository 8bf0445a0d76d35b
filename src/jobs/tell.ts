import type { SlackUserId } from '../domain/ids.ts';
import type { NoticeTo } from '../domain/notices.ts';
import type { Work } from '../domain/work.ts';
import type { LookedUp, ServiceContext } from '../services/context.ts';
import { adminsToTell, allLookedUp } from '../services/people/admins.ts';
import { approversToTell } from '../services/people/approvers.ts';
import { noticeMessage } from '../views/notice-message.ts';
import { type JobWorkspace, RetryLater } from './workspace.ts';

const AGAIN_MS = 5_000;
const TOKEN_AGAIN_MS = 30_000;

type Notify = Extract<Work, { kind: 'notify' | 'tell' }>;

/**
 * Tells one person, or splits into one item for each of many, so that somebody who cannot be reached stops nobody and a
 * retry tells nobody twice. `jobId` names the parts.
 */
export async function notify(work: Notify, { context, slack }: JobWorkspace, jobId: string): Promise<void> {
  if (work.to.kind !== 'person') {
    const looked = await peopleToTell(context, work.to);
    // It is split once: whoever is missing then never hears of it.
    if (!looked.ok) throw new RetryLater(looked.retryAfterMs ?? AGAIN_MS);
    const people = looked.value;
    if (people.length === 0)
      context.log.warn('there is nobody to tell', { to: work.to.kind, notice: work.notice.kind });
    const parts = people.map((slackUserId) => ({
      id: `${jobId}.${slackUserId}`,
      work: { ...work, to: { kind: 'person', slackUserId } } as const,
    }));
    if (parts.length > 0) await context.store.commit({ once: `split.${jobId}`, work: parts });
    return;
  }
  const told = await slack.post(work.to.slackUserId, noticeMessage(work.notice));
  if (told.ok) return;
  switch (told.failure.kind) {
    case 'rate_limited':
      throw new RetryLater(told.failure.retryAfterMs);
    case 'unavailable':
      throw new RetryLater(AGAIN_MS);
    // Nobody else hears of it: it waits for a token that works.
    case 'token_refused':
      throw new RetryLater(TOKEN_AGAIN_MS);
    case 'gone':
    case 'stale_view':
    case 'trigger_expired':
    case 'cannot_post_there':
    case 'cannot_reach_person':
    case 'refused_payload':
    case 'not_allowed':
      context.log.warn('somebody could not be told', { notice: work.notice.kind, failure: told.failure.kind });
      return;
    default:
      told.failure satisfies never;
  }
}

async function peopleToTell(
  context: ServiceContext,
  to: Exclude<NoticeTo, { kind: 'person' }>,
): Promise<LookedUp<readonly SlackUserId[]>> {
  if (to.kind === 'admins') return adminsToTell(context);
  const { approvers } = await context.store.settings();
  const both = await Promise.all([to.before, approvers].map((one) => approversToTell(context, one)));
  const looked = allLookedUp(both);
  return looked.ok ? { ok: true, value: [...new Set(looked.value.flat())] } : looked;
}
