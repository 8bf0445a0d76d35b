import { FleetUserId, parseFleetId } from '../domain/ids.ts';
import type { Seal } from '../seal/seal.ts';

// Members of one sorted set with equal scores: `<hash>|p|<Fleet user>` for `email`, `|s|` for `secondary_email`.

const CONTEXT = 'directory:email';

export const primaryMember = (blind: string, fleetUserId: string) => `${blind}|p|${fleetUserId}`;
export const secondaryMember = (blind: string, fleetUserId: string) => `${blind}|s|${fleetUserId}`;

/** Of the address as it is given: `foldEmail` came before, and nothing here makes two addresses one. */
export function blindOf(seal: Seal, email: string): string {
  return seal.blind(CONTEXT, email);
}

/** An older key may have written the index, so all of them are looked for. */
export function blindsOf(seal: Seal, email: string): readonly string[] {
  return seal.blinds(CONTEXT, email);
}

export function userIdIn(member: unknown): readonly FleetUserId[] {
  if (typeof member !== 'string') return [];
  const id = parseFleetId(FleetUserId, member.slice(member.lastIndexOf('|') + 1));
  return id === null ? [] : [id];
}
