import { Cluster } from 'ioredis';
import { z } from 'zod';
import { AuditEntry } from '../domain/audit.ts';
import { Pause } from '../domain/failures/pause.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { defaultSettings, Settings } from '../domain/settings/settings.ts';
import { Stop } from '../domain/work.ts';
import { type Codec, createCodec, createKeptCodec, readWith } from './codec.ts';
import { keysOf, lifetimesMs, MAX_AUDIT_ENTRIES } from './keys.ts';
import type { CommitPlan, Replacement, StoreParts } from './parts.ts';
import { type RedisClient, unavailable } from './redis.ts';

export const workspaceRecords = {
  async settings(parts: StoreParts): Promise<Settings> {
    return (await readSettings(parts)).settings;
  },

  /** The settings with the revision to save them over. Null: never saved, so these are the defaults. */
  savedSettings: readSettings,

  /** Ordering pauses for everyone (revoked or read-only key, company gone). Null: it does not. */
  async pause(parts: StoreParts): Promise<Pause | null> {
    const key = parts.keys.pause;
    const json = await parts.connection.read('GET', key);
    return readWith(parts, pauseCodec, { record: 'pause', key }, json);
  },

  /** Leaves an existing pause unchanged. True for exactly one caller per pause: the one who tells the admins. */
  async setPause({ keys, connection }: StoreParts, pause: Pause): Promise<boolean> {
    return (await connection.run((redis) => redis.set(keys.pause, pauseCodec.encode(pause), 'NX'))) === 'OK';
  },

  async clearPause({ keys, connection }: StoreParts): Promise<void> {
    await connection.run((redis) => redis.del(keys.pause));
  },

  /** Null: work for the workspace is not stopped. */
  async stop(parts: StoreParts): Promise<Stop | null> {
    const key = parts.keys.stop;
    const json = await parts.connection.read('GET', key);
    return readWith(parts, stopCodec, { record: 'stop', key }, json);
  },

  /** Newest last, read page by page. Entries after `afterId`, or all of them. */
  async *audit(parts: AuditParts, afterId?: string): AsyncGenerator<LoggedEntry> {
    const key = parts.keys.audit;
    let from = afterId === undefined ? '-' : `(${afterId}`;
    for (;;) {
      const start = from;
      const page = await parts.connection.run((redis) => redis.xrange(key, start, '+', 'COUNT', PAGE));
      yield* readEntries(parts, page);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      from = `(${last[0]}`;
    }
  },

  /** Newest first. `next` is where the next page begins, null at the end. */
  async auditPage(
    parts: AuditParts,
    { before, limit }: { readonly before?: string; readonly limit: number },
  ): Promise<{ readonly entries: readonly LoggedEntry[]; readonly next: string | null }> {
    const from = before === undefined ? '+' : `(${before}`;
    const page = await parts.connection.run((redis) => redis.xrevrange(parts.keys.audit, from, '-', 'COUNT', limit));
    return { entries: readEntries(parts, page), next: page.length < limit ? null : (page.at(-1)?.[0] ?? null) };
  },
};

/** A setting that an older release did not have, or that no longer parses (reported by name), gets its default. */
export function createSettingsCodec(onUnreadable: (setting: string) => void): Codec<Settings> {
  const lenient = z.looseObject({}).transform((stored): Settings => {
    const all = Settings.safeParse({ ...defaultSettings, ...stored });
    if (all.success) return all.data;
    const unreadable = new Set(all.error.issues.map(({ path }) => String(path[0])));
    for (const setting of unreadable) onUnreadable(setting);
    const readable = Object.entries(stored).filter(([setting]) => !unreadable.has(setting));
    return Settings.parse({ ...defaultSettings, ...Object.fromEntries(readable) });
  });
  return createKeptCodec<Settings>(lenient);
}

async function readSettings(
  parts: StoreParts,
): Promise<{ readonly revision: number | null; readonly settings: Settings }> {
  const key = parts.keys.settings;
  const [rev, json] = await parts.connection.read('HMGET', key, 'rev', 'json');
  return {
    revision: rev ? Number(rev) : null,
    settings: readWith(parts, parts.settingsCodec, { record: 'settings', key }, json) ?? defaultSettings,
  };
}

export function planSettings(
  plan: CommitPlan,
  { keys, settingsCodec }: StoreParts,
  { expectedRevision, next }: Replacement<Settings>,
): void {
  plan.compare(keys.settings, expectedRevision);
  plan.writeRecord(keys.settings, (expectedRevision ?? 0) + 1, settingsCodec.encode(next));
}

const pauseCodec = createKeptCodec<Pause>(Pause);

export function planPause(plan: CommitPlan, { keys }: StoreParts, pause: Pause | null): void {
  if (pause === null) plan.write('DEL', 'string', keys.pause);
  else {
    plan.unless(keys.pause);
    plan.write('SET', 'string', keys.pause, pauseCodec.encode(pause));
  }
}

const stopCodec = createKeptCodec<Stop>(Stop);

export function planStop(plan: CommitPlan, { keys }: StoreParts, stop: Stop | null): void {
  if (stop === null) plan.write('DEL', 'string', keys.stop);
  else plan.write('SET', 'string', keys.stop, stopCodec.encode(stop), 'PX', lifetimesMs.stop);
}

type AuditParts = Pick<StoreParts, 'keys' | 'connection' | 'onUnreadable'>;

/** `id`: the place in the log, after which reading can continue. */
export interface LoggedEntry {
  readonly id: string;
  readonly entry: AuditEntry;
}

const PAGE = 500;
const auditCodec = createCodec<AuditEntry>(AuditEntry);

function readEntries(parts: AuditParts, page: readonly [id: string, fields: string[]][]): readonly LoggedEntry[] {
  return page.flatMap(([id, [, json]]) => {
    const entry = readWith(parts, auditCodec, { record: 'audit', key: parts.keys.audit }, json);
    return entry ? [{ id, entry }] : [];
  });
}

export function planAudit(plan: CommitPlan, { keys }: StoreParts, entry: AuditEntry): void {
  plan.write('XADD', 'stream', keys.audit, 'MAXLEN', '~', MAX_AUDIT_ENTRIES, '*', 'entry', auditCodec.encode(entry));
}

const SCAN_COUNT = 1000;

/** Deletes everything stored for the workspace but its stop, without which a late press would be recorded. */
export async function eraseWorkspaceRecords(redis: RedisClient, workspaceId: WorkspaceId): Promise<void> {
  const { everything: pattern, stop } = keysOf(workspaceId);
  try {
    // A scan sees the keys of one node only.
    for (const node of redis instanceof Cluster ? redis.nodes('master') : [redis]) {
      for await (const found of node.scanStream({ match: pattern, count: SCAN_COUNT })) {
        const keys = (found as string[]).filter((key) => key !== stop);
        if (keys.length > 0) await redis.unlink(...keys);
      }
    }
  } catch (error) {
    throw unavailable(error);
  }
}
