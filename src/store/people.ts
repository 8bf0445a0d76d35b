import type { FleetAddressId, FleetUserId, SlackUserId } from '../domain/ids.ts';
import { Link, SlackProfile } from '../domain/people/people.ts';
import { createCodec, createKeptCodec, readWith } from './codec.ts';
import { lifetimesMs, MAX_UNMATCHED } from './keys.ts';
import { type CommitPlan, type StoreParts, writeUnlessRemoved } from './parts.ts';

export const peopleRecords = {
  async link(parts: StoreParts, slackUserId: SlackUserId): Promise<Link | null> {
    return readLink(parts, parts.keys.link(slackUserId));
  },

  async linkOf(parts: StoreParts, fleetUserId: FleetUserId): Promise<Link | null> {
    return readLink(parts, parts.keys.linkOf(fleetUserId));
  },

  /** Newest first. */
  async links(parts: StoreParts, limit: number): Promise<readonly Link[]> {
    const ids = await parts.connection.read('ZRANGE', parts.keys.links, 0, limit - 1, 'REV');
    // Only `planLink` writes members here.
    const links = await Promise.all(ids.map((id) => readLink(parts, parts.keys.link(id as SlackUserId))));
    return links.flatMap((link) => link ?? []);
  },

  /** People who used the app and have no Fleet user: the newest, for a month. */
  async noteUnmatched(parts: StoreParts, slackUserId: SlackUserId): Promise<void> {
    const { now } = parts;
    const key = parts.keys.unmatched;
    await writeUnlessRemoved(parts, (plan) => {
      plan.write('ZADD', 'zset', key, now(), slackUserId);
      plan.write('ZREMRANGEBYRANK', 'zset', key, 0, -MAX_UNMATCHED - 1);
      plan.write('ZREMRANGEBYSCORE', 'zset', key, '-inf', now() - lifetimesMs.unmatched);
      plan.write('PEXPIRE', 'zset', key, lifetimesMs.unmatched);
    });
  },

  /** Remembers for a year which addresses are people's own. */
  async noteOwnAddresses(parts: StoreParts, ids: readonly FleetAddressId[]): Promise<void> {
    if (ids.length === 0) return;
    const key = parts.keys.ownAddresses;
    await writeUnlessRemoved(parts, (plan) => {
      plan.write('SADD', 'set', key, ...ids);
      plan.write('PEXPIRE', 'set', key, lifetimesMs.ownAddresses);
    });
  },

  /** Those of the addresses that are or were someone's own. */
  async ownAddresses({ keys, connection }: StoreParts, ids: readonly FleetAddressId[]) {
    if (ids.length === 0) return new Set<FleetAddressId>();
    const were = await connection.read('SMISMEMBER', keys.ownAddresses, ...ids);
    return new Set(ids.filter((_, at) => were[at] === 1));
  },

  /** Newest first. */
  async unmatchedPeople({ keys, connection, now }: StoreParts): Promise<readonly SlackUserId[]> {
    const oldest = String(now() - lifetimesMs.unmatched);
    const ids = await connection.read('ZRANGE', keys.unmatched, '+inf', oldest, 'BYSCORE', 'REV');
    return ids as SlackUserId[];
  },

  async dropUnmatched({ keys, connection }: StoreParts, slackUserId: SlackUserId): Promise<void> {
    await connection.run((redis) => redis.zrem(keys.unmatched, slackUserId));
  },

  /** Sealed to its key: a profile copied to another person's key does not open. Null: none that is this young. */
  async profile(
    parts: StoreParts,
    slackUserId: SlackUserId,
    maxAgeMs: number = lifetimesMs.profile,
  ): Promise<SlackProfile | null> {
    const key = parts.keys.profile(slackUserId);
    const { connection } = parts;
    const [sealed, left] = await Promise.all([connection.read('GET', key), connection.read('PTTL', key)]);
    if (sealed === null || lifetimesMs.profile - left > maxAgeMs) return null;
    return readWith(parts, profileCodec, { record: 'profile', key }, parts.seal.decrypt(key, sealed) ?? '');
  },

  async putProfile(parts: StoreParts, profile: SlackProfile): Promise<void> {
    const key = parts.keys.profile(profile.slackUserId);
    const sealed = parts.seal.encrypt(key, profileCodec.encode(profile));
    await writeUnlessRemoved(parts, (plan) => plan.write('SET', 'string', key, sealed, 'PX', lifetimesMs.profile));
  },

  /** Only Home tabs that were opened are kept up to date. */
  async noteHomeOpened(parts: StoreParts, slackUserId: SlackUserId): Promise<void> {
    const { keys, now } = parts;
    await writeUnlessRemoved(parts, (plan) => {
      plan.write('ZADD', 'zset', keys.homes, now(), slackUserId);
      plan.write('ZREMRANGEBYSCORE', 'zset', keys.homes, '-inf', now() - lifetimesMs.openedHome);
    });
  },

  /** Those of these people who have opened the Home tab lately. */
  async peopleWithHome(
    { connection, keys }: StoreParts,
    people: readonly SlackUserId[],
  ): Promise<readonly SlackUserId[]> {
    if (people.length === 0) return [];
    const scores = await connection.read('ZMSCORE', keys.homes, ...people);
    return people.filter((_, index) => scores[index] !== null);
  },
};

const linkCodec = createKeptCodec<Link>(Link);
const profileCodec = createCodec<SlackProfile>(SlackProfile);

async function readLink(parts: StoreParts, key: string): Promise<Link | null> {
  const json = await parts.connection.read('HGET', key, 'json');
  return readWith(parts, linkCodec, { record: 'link', key }, json);
}

/** From null: a new link. To null: a link removed. */
export interface LinkChange {
  readonly expected: Link | null;
  readonly next: Link | null;
}

/** Writes both sides: a Slack user has one link, and so has a Fleet user. The link's time serves as its revision. */
export function planLink(plan: CommitPlan, { keys }: StoreParts, { expected, next }: LinkChange): void {
  const link = next ?? expected;
  if (link === null) return;
  const sides = [keys.link(link.slackUserId), keys.linkOf(link.fleetUserId)];
  for (const key of sides) plan.compare(key, expected?.at ?? null);
  for (const key of sides) {
    if (next === null) plan.write('DEL', 'hash', key);
    else plan.writeRecord(key, next.at, linkCodec.encode(next));
  }
  if (next === null) plan.write('ZREM', 'zset', keys.links, link.slackUserId);
  else {
    plan.write('ZADD', 'zset', keys.links, next.at, next.slackUserId);
    plan.write('ZREM', 'zset', keys.unmatched, next.slackUserId);
  }
}
