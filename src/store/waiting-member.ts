import type { SlackUserId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request/request.ts';

// Members of one sorted set with equal scores stand in the order of their bytes: by approver, then by age.

const CREATED_DIGITS = 14;

export function waitingMember({ approver, createdAt, id }: DeviceRequest): string {
  return `${approver.slackUserId}|${String(createdAt).padStart(CREATED_DIGITS, '0')}|${id}`;
}

/** The bounds of one approver's members for `ZRANGE … BYLEX`: `}` is the byte after `|`. */
export function waitingBounds(approver: SlackUserId): readonly [string, string] {
  return [`[${approver}|`, `(${approver}}`];
}

export function requestIdIn(member: string): string {
  return member.slice(member.lastIndexOf('|') + 1);
}
