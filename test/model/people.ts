import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/people/people.ts';
import { anna, clara, dan } from '../domain/a-request.ts';

const eva: Person = { slackUserId: 'U0EVA' as SlackUserId, fleetUserId: 13 as FleetUserId, name: 'Eva Lind' };

/** Anna asks; Clara and Dan are Fleet `ADMIN`s at first, Eva is not. */
export const cast = { anna, clara, dan, eva } as const;
export type Name = keyof typeof cast;
export const names = ['anna', 'clara', 'dan', 'eva'] as const;

export const emails: Readonly<Record<Name, string>> = {
  anna: 'anna.keller@acme.test',
  clara: 'clara.rossi@acme.test',
  dan: 'dan.oneil@acme.test',
  eva: 'eva.lind@acme.test',
};

export function nameOf({ slackUserId }: { readonly slackUserId: string }): Name {
  const found = names.find((name) => cast[name].slackUserId === slackUserId);
  if (found === undefined) throw new Error(`nobody is ${slackUserId}`);
  return found;
}
