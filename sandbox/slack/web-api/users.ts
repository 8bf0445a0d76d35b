import { DateTime } from 'luxon';
import type { Core } from '../core.ts';
import type { Obj } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { PersonSeed } from '../seed-types.ts';
import { flag, granted, type Methods, optional, required } from './method.ts';

export const userMethods: Methods = {
  'users.info': { scopes: ['users:read'], args: ['user', 'include_locale'], perMinute: 100, answer: info },
  'users.lookupByEmail': { scopes: ['users:read.email'], args: ['email'], perMinute: 50, answer: lookupByEmail },
  'users.list': {
    scopes: ['users:read'],
    args: ['cursor', 'limit', 'include_locale'],
    perMinute: 20,
    answer: listUsers,
  },
  'usergroups.list': {
    scopes: ['usergroups:read'],
    args: ['include_users', 'include_count', 'include_disabled'],
    perMinute: 20,
    answer: listGroups,
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    args: ['usergroup', 'include_disabled'],
    perMinute: 20,
    answer: listGroupUsers,
  },
};

function info(core: Core, args: Obj): Obj {
  const person = core.state.people[required(args, 'user')];
  if (person === undefined) throw new Refusal('user_not_found');
  return { user: userObject(core, person, flag(args, 'include_locale')) };
}

function lookupByEmail(core: Core, args: Obj): Obj {
  const email = required(args, 'email').trim().toLowerCase();
  const person = Object.values(core.state.people).find((one) => one.email?.toLowerCase() === email);
  if (person === undefined || person.deleted || person.isStranger || person.emailHidden)
    throw new Refusal('users_not_found');
  return { user: userObject(core, person, false) };
}

function listUsers(core: Core, args: Obj): Obj {
  const people = Object.values(core.state.people);
  const limit = Number(args.limit ?? 0) || people.length;
  const cursor = optional(args, 'cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('user:', ''));
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const next = end < people.length ? Buffer.from(`user:${end}`).toString('base64') : '';
  const members = people.slice(start, end).map((one) => userObject(core, one, flag(args, 'include_locale')));
  return { members, cache_ts: Math.floor(core.now() / 1000), response_metadata: { next_cursor: next } };
}

function userObject(core: Core, person: PersonSeed, withLocale: boolean): Obj {
  const { id, name, realName, deleted = false, isBot = false, isStranger = false } = person;
  const mayReadEmail =
    granted(core, 'users:read.email') && !person.emailHidden && !isStranger && person.email !== undefined;
  const zone = DateTime.fromMillis(core.now(), { zone: person.tz });
  const alive = {
    tz: person.tz,
    tz_label: zone.offsetNameLong ?? person.tz,
    tz_offset: zone.offset * 60,
    is_admin: person.isAdmin ?? false,
    is_owner: person.isOwner ?? false,
    is_primary_owner: false,
    is_restricted: person.isRestricted ?? false,
    is_ultra_restricted: false,
  };
  return {
    id,
    team_id: isStranger ? 'T0STRANGER' : core.state.team.id,
    name,
    deleted,
    real_name: realName,
    profile: {
      real_name: realName,
      real_name_normalized: realName,
      display_name: name,
      display_name_normalized: name,
      ...(mayReadEmail ? { email: person.email } : {}),
    },
    // A deactivated person has no time zone and no roles.
    ...(deleted ? {} : alive),
    is_bot: isBot,
    is_app_user: false,
    is_stranger: isStranger,
    updated: 1_700_000_000,
    ...(withLocale && !deleted ? { locale: person.locale } : {}),
  };
}

function listGroups(core: Core, args: Obj): Obj {
  const withUsers = flag(args, 'include_users');
  const groups = core.state.userGroups.map(({ id, name, handle, users }) => ({
    id,
    team_id: core.state.team.id,
    is_usergroup: true,
    name,
    handle,
    user_count: users.length,
    date_delete: 0,
    ...(withUsers ? { users } : {}),
  }));
  return { usergroups: groups };
}

function listGroupUsers(core: Core, args: Obj): Obj {
  const group = core.state.userGroups.find((one) => one.id === required(args, 'usergroup'));
  if (group === undefined) throw new Refusal('no_such_subteam');
  return { users: group.users };
}
