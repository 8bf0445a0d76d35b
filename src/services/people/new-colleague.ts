import type { FleetUserId } from '../../domain/ids.ts';
import { foldEmail } from '../../domain/people/match.ts';
import type { NewColleague } from '../../domain/people/people.ts';
import type { FleetUser } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { type Found, lookFor, type Saving } from '../look-for.ts';
import { askForRefresh, entryOf } from './directory.ts';

/** Somebody who starts: a person in Fleet, known by email. Only Fleet's admins add people. */
export function colleagueSaving(context: ServiceContext, colleague: NewColleague): Saving {
  const { fleet, store } = context;
  const folded = foldEmail(colleague.email);
  const isThem = (user: FleetUser) => user.email !== null && folded !== null && foldEmail(user.email) === folded;
  const found = (user: FleetUser): Found => ({
    fleetId: user.fleetUserId,
    record: async () => {
      await store.directory.addToCurrent(entryOf(user));
      await askForRefresh(context);
    },
  });
  return {
    operation: 'createUser',
    name: [folded ?? colleague.email],
    isAllowed: ({ isFleetAdmin }) => isFleetAdmin,
    known: async (): Promise<FleetUserId | null> => {
      const { primary } = folded === null ? { primary: [] } : await store.directory.byEmail(folded);
      return primary.length === 1 ? (primary[0] ?? null) : null;
    },
    send: async () => {
      const created = await fleet.createUser(colleague, 'person');
      return created.ok ? { ok: true, value: found(created.value) } : created;
    },
    look: async () => {
      const ask = (page: { readonly limit: number; readonly offset: number }) => fleet.listUsers(page, 'background');
      const looked = await lookFor(ask, { idOf: (user) => user.fleetUserId, fits: isThem });
      return looked.kind === 'found' ? { kind: 'found', found: found(looked.found) } : looked;
    },
    isThere: (failure) => failure.kind === 'rejected' && failure.code === 'USER_EMAIL_CONFLICT',
    fieldOf: (failure) =>
      failure.kind === 'rejected' &&
      (failure.code === 'USER_EMAIL_CONFLICT' || failure.code === 'USER_EMAIL_NOT_ALLOWED')
        ? 'email'
        : null,
  };
}
