import type { PersonSeed, SlackSeed } from './slack/start.ts';

const person = (
  id: string,
  name: string,
  realName: string,
  email: string,
  tz: string,
  locale: string,
  more: Partial<PersonSeed> = {},
): PersonSeed => ({ id, name, realName, email, tz, locale, ...more });

/** The Slack side of the company; Fleet's stand-in knows the same people by the same emails. */
export const people = {
  anna: 'U0ANNA',
  ben: 'U0BEN',
  clara: 'U0CLARA',
  dan: 'U0DAN',
  eva: 'U0EVA',
  guest: 'U0GUEST',
  stranger: 'U0STRANGER',
  nobody: 'U0NOBODY',
} as const;

export const channels = {
  general: 'C0GENERAL',
  it: 'G0IT',
  random: 'C0RANDOM',
  group: 'G0GROUP',
  annaEva: 'D0ANNAEVA',
} as const;

/** `teamId` is the workspace id; tests that share a Redis use one each. */
export function acmeSlack(teamId = 'T0ACME'): SlackSeed {
  return {
    team: { id: teamId, name: 'Acme', domain: 'acme' },
    bot: { userId: 'U0FLEETBOT', botId: 'B0FLEET', appId: 'A0FLEET', name: 'fleet' },
    people: [
      person(people.anna, 'anna', 'Anna Keller', 'anna.keller@acme.test', 'Europe/Berlin', 'de-DE'),
      person(people.ben, 'ben', 'Ben Martin', 'ben.martin@acme.test', 'Europe/Paris', 'fr-FR'),
      person(people.clara, 'clara', 'Clara Rossi', 'clara.rossi@acme.test', 'Europe/Rome', 'it-IT'),
      person(people.dan, 'dan', "Dan O'Neil", 'dan.oneil@acme.test', 'Europe/Dublin', 'en-IE', { isAdmin: true }),
      person(people.eva, 'eva', 'Eva Lind', 'eva.lind@acme.test', 'Europe/Stockholm', 'sv-SE'),
      person(people.nobody, 'nils', 'Nils Nobody', 'nils.nobody@acme.test', 'Europe/Paris', 'en-US'),
      person(people.guest, 'gus', 'Gus Guest', 'gus@partner.test', 'Europe/Paris', 'en-US', { isRestricted: true }),
      person(people.stranger, 'olaf', 'Olaf Other', 'olaf@other.test', 'Europe/Oslo', 'en-US', { isStranger: true }),
    ],
    channels: [
      {
        id: channels.general,
        name: 'general',
        kind: 'public',
        members: [people.anna, people.ben, people.clara, people.dan, people.eva],
        botIsMember: true,
      },
      {
        id: channels.random,
        name: 'random',
        kind: 'public',
        members: [people.anna, people.ben, people.dan],
        botIsMember: false,
      },
      { id: channels.it, name: 'it-private', kind: 'private', members: [people.dan, people.clara], botIsMember: false },
      {
        id: channels.group,
        name: 'mpdm-anna--ben--dan',
        kind: 'group_dm',
        members: [people.anna, people.ben, people.dan],
      },
      { id: channels.annaEva, name: 'anna-eva', kind: 'dm', members: [people.anna, people.eva] },
    ],
  };
}
