import type { SlackUserId } from '../domain/ids.ts';
import { SlackProfile } from '../domain/people/slack-profile.ts';
import { createCodec } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const profileCodec = createCodec<SlackProfile>(SlackProfile);

/** Sealed to its key: one person's profile copied to another's key does not open. */
export async function readProfile(parts: StoreParts, slackUserId: SlackUserId): Promise<SlackProfile | null> {
  const key = parts.keys.profile(slackUserId);
  const sealed = await parts.link.run((redis) => redis.get(key));
  if (sealed === null) return null;
  return readWith(parts, profileCodec, { record: 'profile', key }, parts.seal.decrypt(key, sealed) ?? '');
}

export async function putProfile({ keys, link, seal }: StoreParts, profile: SlackProfile): Promise<void> {
  const key = keys.profile(profile.slackUserId);
  const sealed = seal.encrypt(key, profileCodec.encode(profile));
  await link.run((redis) => redis.set(key, sealed, 'PX', lifetimesMs.profile));
}
