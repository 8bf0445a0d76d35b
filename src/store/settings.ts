import { defaultSettings, type Settings } from '../domain/settings/settings.ts';
import { readWith, type StoreParts } from './store-parts.ts';

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
