import type { SlackUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import type { SignDecision } from '../../domain/request/may-sign.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from './approvers.ts';

/** Slack must be answered within three seconds, and the press has to be recorded in them too. */
const WAIT_MS = 1_500;

/** While Slack waits for its answer. What comes late is kept, so that the next press finds it. */
export async function checkMaySignInTime(
  context: ServiceContext,
  asked: { readonly slackUserId: SlackUserId; readonly requester: Person },
): Promise<SignDecision> {
  const decision = await withTimeout(context.sleep, WAIT_MS, checkMaySign(context, asked));
  return decision ?? { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } } };
}
