import { z } from 'zod';
import { DraftCart, Preferences } from '../domain/cart/cart.ts';
import { type FleetOrderId, SlackUserId } from '../domain/ids.ts';
import { listingOfDraft, listingText } from '../domain/orders/listing.ts';
import type { Deputy } from '../domain/request/decide.ts';
import { createKeptCodec, readWith } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { type CommitPlan, fieldsOf, type Replacement, type StoreParts, writeUnlessRemoved } from './parts.ts';

export const draftRecords = {
  draft: readDraft,

  /** The drafts that exist when the iteration begins, oldest change first, without those deleted since. */
  async *drafts(parts: StoreParts) {
    const owners = await parts.connection.run((redis) => redis.zrange(parts.keys.drafts, 0, '-1', 'WITHSCORES'));
    for (let at = 0; at < owners.length; at += 2) {
      // Only `planDraft` writes members here: a Slack user's id, followed by when the draft was saved.
      const slackUserId = owners[at] as SlackUserId;
      const draft = await readDraft(parts, slackUserId);
      if (draft) yield { slackUserId, draft, savedAt: Number(owners[at + 1]) };
    }
  },

  /** The drafts of one cart, mostly one or none: the same few commands however many people have a cart. */
  async draftsOfOrder(parts: StoreParts, fleetOrderId: FleetOrderId) {
    const { keys, connection } = parts;
    const [from, to] = [`[${fleetOrderId}|`, `(${fleetOrderId}}`];
    const members = await connection.read('ZRANGE', keys.draftsByOrder, from, to, 'BYLEX');
    const owners = members.map((member) => member.slice(member.indexOf('|') + 1) as SlackUserId);
    const drafts = await Promise.all(owners.map((owner) => readDraft(parts, owner)));
    // A draft that expired, or that an earlier release saved since, left its place here.
    return owners.flatMap((slackUserId, at) => {
      const draft = drafts[at];
      return draft?.fleetOrderId === fleetOrderId ? [{ slackUserId, draft }] : [];
    });
  },

  async preferences({ keys, connection }: StoreParts, slackUserId: SlackUserId): Promise<Preferences> {
    return Preferences.parse(fieldsOf(await connection.read('HGETALL', keys.preferences(slackUserId))));
  },

  async setPreferences(parts: StoreParts, slackUserId: SlackUserId, change: Partial<Preferences>): Promise<void> {
    const key = parts.keys.preferences(slackUserId);
    await writeUnlessRemoved(parts, (plan) => {
      for (const [name, value] of Object.entries(change)) {
        if (value === null) plan.write('HDEL', 'hash', key, name);
        else plan.write('HSET', 'hash', key, name, value);
      }
      plan.write('PEXPIRE', 'hash', key, lifetimesMs.preferences);
    });
  },

  /** Who is asked in this person's place now. Null: no deputy was named, or the time is over. */
  async deputy({ keys, connection, now }: StoreParts, slackUserId: SlackUserId): Promise<Deputy | null> {
    const fields = fieldsOf(await connection.read('HGETALL', keys.preferences(slackUserId)));
    const stored = StoredDeputy.safeParse(fields);
    if (!stored.success || stored.data.awayUntil <= now()) return null;
    return { slackUserId: stored.data.deputy, until: stored.data.awayUntil };
  },
};

function orderMember(slackUserId: SlackUserId, { fleetOrderId }: DraftCart): string | null {
  return fleetOrderId === null ? null : `${fleetOrderId}|${slackUserId}`;
}

export const draftCodec = createKeptCodec<DraftCart>(DraftCart);

async function readDraft(parts: StoreParts, slackUserId: SlackUserId): Promise<DraftCart | null> {
  const key = parts.keys.draft(slackUserId);
  const json = await parts.connection.read('HGET', key, 'json');
  return readWith(parts, draftCodec, { record: 'draft', key }, json);
}

export type DraftChange = { readonly slackUserId: SlackUserId } & Replacement<DraftCart | null>;

export function planDraft(plan: CommitPlan, { keys, now }: StoreParts, change: DraftChange): void {
  const { slackUserId, expectedRevision, next } = change;
  const key = keys.draft(slackUserId);
  plan.compare(key, expectedRevision);
  plan.move(key, 'order', keys.draftsByOrder, next && orderMember(slackUserId, next));
  if (next) {
    plan.writeRecord(key, next.revision, draftCodec.encode(next));
    plan.write('HSET', 'hash', key, 'listed', listingText(next.revision, listingOfDraft(next)));
    plan.write('PEXPIRE', 'hash', key, lifetimesMs.draft);
    plan.write('ZADD', 'zset', keys.drafts, now(), slackUserId);
  } else {
    plan.write('DEL', 'hash', key);
    plan.write('ZREM', 'zset', keys.drafts, slackUserId);
  }
  plan.write('ZREMRANGEBYSCORE', 'zset', keys.drafts, '-inf', now() - lifetimesMs.draft);
}

/** Two more fields of the person's preferences. */
const StoredDeputy = z.object({ deputy: SlackUserId, awayUntil: z.coerce.number().positive() });

export interface DeputyChange {
  readonly slackUserId: SlackUserId;
  /** Null: the person is back, and no one is asked in their place. */
  readonly next: Deputy | null;
}

export function planDeputy(plan: CommitPlan, { keys }: StoreParts, { slackUserId, next }: DeputyChange): void {
  const key = keys.preferences(slackUserId);
  if (next === null) plan.write('HDEL', 'hash', key, 'deputy', 'awayUntil');
  else plan.write('HSET', 'hash', key, 'deputy', next.slackUserId, 'awayUntil', next.until);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.preferences);
}
