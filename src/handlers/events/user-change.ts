import type { SlackUserId } from '../../domain/ids.ts';
import { notePersonChange, type ToldProfile } from '../../services/people/note-person-change.ts';
import type { HandlerDeps } from '../deps.ts';
import { eventListener } from './event-listener.ts';

interface UserChange {
  readonly user: {
    readonly id: string;
    readonly deleted?: boolean;
    readonly tz?: string;
    readonly is_restricted?: boolean;
    readonly is_ultra_restricted?: boolean;
    readonly is_admin?: boolean;
    readonly is_owner?: boolean;
    readonly is_primary_owner?: boolean;
    readonly profile?: { readonly email?: string };
  };
}

export function onUserChange(deps: HandlerDeps) {
  return eventListener<UserChange>(deps, async ({ user }, { context }, eventId) => {
    await notePersonChange(context, user.id as SlackUserId, told(user), eventId);
  });
}

function told(user: UserChange['user']): ToldProfile {
  return {
    ...(user.profile === undefined ? {} : { email: user.profile.email ?? null }),
    ...(user.tz === undefined ? {} : { timeZone: user.tz }),
    ...(user.is_restricted === undefined ? {} : { isGuest: user.is_restricted || user.is_ultra_restricted === true }),
    ...(user.is_admin === undefined
      ? {}
      : { isSlackAdmin: user.is_admin || user.is_owner === true || user.is_primary_owner === true }),
    isDeactivated: user.deleted === true,
  };
}
