import { z } from 'zod';
import { defaultSettings, Settings } from '../domain/settings/settings.ts';
import { type Codec, createCodec } from './codec.ts';
import { readWith, type StoreParts } from './store-parts.ts';

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
  const [rev, json] = await parts.link.run((redis) => redis.hmget(key, 'rev', 'json'));
  return {
    revision: rev ? Number(rev) : null,
    settings: readWith(parts, parts.settingsCodec, { record: 'settings', key }, json) ?? defaultSettings,
  };
}
