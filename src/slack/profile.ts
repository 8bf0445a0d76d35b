import type { UsersInfoResponse } from '@slack/web-api';
import type { SlackUserId, TenantId } from '../domain/ids.ts';
import type { SlackProfile } from '../domain/people/slack-profile.ts';

type SlackUser = NonNullable<UsersInfoResponse['user']>;

/** Null where the answer names nobody. `tenant`: whoever belongs to another workspace is a stranger here. */
export function readProfile(user: SlackUser | undefined, tenant: TenantId): SlackProfile | null {
  if (user?.id === undefined) return null;
  const teamId = (user.team_id ?? tenant) as TenantId;
  return {
    slackUserId: user.id as SlackUserId,
    slackTeamId: teamId,
    name: user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id,
    email: user.profile?.email ?? null,
    timeZone: user.tz ?? 'Etc/UTC',
    locale: user.locale ?? 'en-US',
    isBot: user.is_bot === true || user.id === 'USLACKBOT',
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    isStranger: user.is_stranger === true || !belongsHere(user, teamId, tenant),
    isDeactivated: user.deleted === true,
    isSlackAdmin: user.is_admin === true || user.is_owner === true || user.is_primary_owner === true,
  };
}

/** On Enterprise Grid a member's home workspace may be another one of the same organisation. */
function belongsHere(user: SlackUser, teamId: TenantId, tenant: TenantId): boolean {
  return teamId === tenant || user.enterprise_user?.teams?.includes(tenant) === true;
}
