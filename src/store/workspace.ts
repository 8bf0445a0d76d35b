import { Cluster } from 'ioredis';
import { z } from 'zod';
import { AuditEntry } from '../domain/audit.ts';
import { Pause } from '../domain/failures/pause.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { defaultSettings, Settings } from '../domain/settings/settings.ts';
import { Stop } from '../domain/work.ts';
import { keysOf, lifetimesMs } from './keys.ts';
import { type Codec, type CommitPlan, createCodec, readWith, type StoreParts } from './parts.ts';
import { type RedisClient, unavailable } from './redis.ts';
import type { AuditPage } from './store.ts';

/** A setting that an older release did not know, or that no longer parses (reported by name), has its default. */
export function createSettingsCodec(onUnreadable: (setting: string) => void): Codec<Settings> {
  const lenient = z.looseObject({}).transform((stored): Settings => {
    const all = Settings.safeParse({ ...defaultSettings, ...stored });
    if (all.success) return all.data;
    const unreadable = new Set(all.error.issues.map(({ path }) => String(path[0])));
    for (const setting of unreadable) onUnreadable(setting);
    const readable = Object.entries(stored).filter(([setting]) => !unreadable.has(setting));
    return Settings.parse({ ...defaultSettings, ...Object.fromEntries(readable) });
  });
  return createCodec<Settings>(lenient);
}

export async function readSettings(
  parts: StoreParts,
): Promise<{ readonly revision: number | null; readonly settings: Settings }> {
  const key = parts.keys.settings;
  const [rev, json] = await parts.connection.run((redis) => redis.hmget(key, 'rev', 'json'));
  return {
    revision: rev ? Number(rev) : null,
    settings: readWith(parts, parts.settingsCodec, { record: 'settings', key }, json) ?? defaultSettings,
  };
}

export const pauseCodec = createCodec<Pause>(Pause);

export async function readPause(parts: StoreParts): Promise<Pause | null> {
  const key = parts.keys.pause;
  const json = await parts.connection.run((redis) => redis.get(key));
  return readWith(parts, pauseCodec, { record: 'pause', key }, json);
}

/** A pause that already stands is not changed. */
export async function setPause({ keys, connection }: StoreParts, pause: Pause): Promise<boolean> {
  return (await connection.run((redis) => redis.set(keys.pause, pauseCodec.encode(pause), 'NX'))) === 'OK';
}

export async function clearPause({ keys, connection }: StoreParts): Promise<void> {
  await connection.run((redis) => redis.del(keys.pause));
}

const stopCodec = createCodec<Stop>(Stop);

export function planStop(plan: CommitPlan, { keys }: StoreParts, stop: Stop | null): void {
  if (stop === null) plan.write('DEL', 'string', keys.stop);
  else plan.write('SET', 'string', keys.stop, stopCodec.encode(stop), 'PX', lifetimesMs.stop);
}

export async function readStop(parts: StoreParts): Promise<Stop | null> {
  const key = parts.keys.stop;
  const json = await parts.connection.run((redis) => redis.get(key));
  return readWith(parts, stopCodec, { record: 'stop', key }, json);
}

export const auditCodec = createCodec<AuditEntry>(AuditEntry);

type AuditParts = Pick<StoreParts, 'keys' | 'connection' | 'onUnreadable'>;

const PAGE = 500;

/** Newest last, read page by page. Entries after `afterId`; from the beginning without it. */
export async function* readAudit(parts: AuditParts, afterId?: string) {
  const key = parts.keys.audit;
  let from = afterId === undefined ? '-' : `(${afterId}`;
  for (;;) {
    const start = from;
    const page = await parts.connection.run((redis) => redis.xrange(key, start, '+', 'COUNT', PAGE));
    for (const [id, [, json]] of page) {
      const entry = readWith(parts, auditCodec, { record: 'audit', key }, json);
      if (entry) yield { id, entry };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

/** Newest first, for whoever looks at what happened last. */
export async function readAuditPage(
  parts: AuditParts,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<AuditPage> {
  const key = parts.keys.audit;
  const from = before === undefined ? '+' : `(${before}`;
  const page = await parts.connection.run((redis) => redis.xrevrange(key, from, '-', 'COUNT', limit));
  const entries = page.flatMap(([id, [, json]]) => {
    const entry = readWith(parts, auditCodec, { record: 'audit', key }, json);
    return entry ? [{ id, entry }] : [];
  });
  return { entries, next: page.length < limit ? null : (page.at(-1)?.[0] ?? null) };
}

const SCAN_COUNT = 1000;

/** Deletes everything that is stored for the workspace. Another instance may still write: stop it first. */
export async function eraseWorkspaceRecords(redis: RedisClient, workspaceId: WorkspaceId): Promise<void> {
  const pattern = keysOf(workspaceId).everything;
  try {
    // A scan sees one node's keys only.
    for (const node of redis instanceof Cluster ? redis.nodes('master') : [redis]) {
      for await (const keys of node.scanStream({ match: pattern, count: SCAN_COUNT })) {
        if (keys.length > 0) await redis.unlink(...keys);
      }
    }
  } catch (error) {
    throw unavailable(error);
  }
}
