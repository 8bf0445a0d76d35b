import { DateTime } from 'luxon';
import type { SlackUserId } from '../ids.ts';
import type { Person } from '../people/people.ts';
import type { Decision } from './decision.ts';
import type { DeviceRequest } from './request.ts';
import { passedOn, whyNotPending } from './settle.ts';

/** Who is asked in the place of an approver who is away. */
export interface Deputy {
  readonly slackUserId: SlackUserId;
  /** Epoch milliseconds: the end of their last day away. */
  readonly until: number;
}

/** What was asked of somebody who is away goes to their deputy, who was found eligible for this very request. */
export function handToDeputy(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  return passedOn(request, { to, now }, { did: 'handed_to_deputy', by: 'fleet_for_slack' });
}

/** The end of that day where the approver is. Null: no such day. A time zone that nobody knows counts as UTC. */
export function endOfDay(date: string, timeZone: string): number | null {
  const there = DateTime.fromISO(date, { zone: timeZone });
  const day = there.isValid ? there : DateTime.fromISO(date, { zone: 'utc' });
  return day.isValid ? day.endOf('day').toMillis() : null;
}
