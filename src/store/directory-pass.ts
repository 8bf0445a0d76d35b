import { z } from 'zod';
import { createCodec } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const StandingPass = z.object({
  pass: z.string(),
  builtAt: z.number(),
  /** A fixed text hashed under the key that the pass was built with. */
  check: z.string(),
});
export type StandingPass = Readonly<z.infer<typeof StandingPass>>;

const passCodec = createCodec<StandingPass>(StandingPass);

const CHECK = ['directory:check', 'same key'] as const;

/**
 * Null: no pass was swapped in yet, or it was built under a key that is no longer among `ENCRYPTION_KEYS`: its hashes
 * match nobody then, which must read as "people are being loaded" and not as "you are not in Fleet".
 */
export async function standingPass(parts: StoreParts): Promise<StandingPass | null> {
  const key = parts.keys.directory;
  const json = await parts.link.run((redis) => redis.get(key));
  const standing = readWith(parts, passCodec, { record: 'directory', key }, json);
  return standing && parts.seal.blinds(...CHECK).includes(standing.check) ? standing : null;
}

const swap = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
for i = 2, 5 do redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
for i = 6, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return 1
`;

/** A pass that ended before the one that stands is given up; the same pass again changes nothing. */
export async function swapIn(parts: StoreParts, pass: string, builtAt: number): Promise<void> {
  const { keys, link, seal } = parts;
  for (;;) {
    const json = await link.run((redis) => redis.get(keys.directory));
    const before = json === null ? null : passCodec.decode(json);
    if (before?.pass === pass) return;
    if (before && before.builtAt > builtAt) return dropPass(parts, pass);
    const after = passCodec.encode({ pass, builtAt, check: seal.blind(...CHECK) });
    const swapped = await link.script(
      swap,
      [keys.directory, ...keysOfPass(parts, pass), ...(before ? keysOfPass(parts, before.pass) : [])],
      [json ?? '', after, lifetimesMs.directory, lifetimesMs.replacedPass],
    );
    if (swapped === 1) return;
  }
}

async function dropPass(parts: StoreParts, pass: string): Promise<void> {
  await parts.link.run((redis) => redis.unlink(...keysOfPass(parts, pass)));
}

function keysOfPass({ keys }: StoreParts, pass: string): readonly string[] {
  return Object.values(keys.directoryPass(pass));
}
