import { z } from 'zod';
import type { ServiceContext } from '../context.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Until when each is known. */
const Known = z.record(z.string(), z.number());
type Known = z.infer<typeof Known>;

/** What Fleet said when it refused something, and its catalog does not say: believed for a day. */
export async function knownForADay(context: ServiceContext, key: string): Promise<(name: string) => boolean> {
  const known = await read(context, key, {});
  return (name) => (known[name] ?? 0) > context.now();
}

export async function keepForADay(context: ServiceContext, key: string, name: string): Promise<void> {
  const known = await read(context, key, {});
  await context.store.cache.forget(key);
  // Two at once may lose one of them: whoever asks Fleet for that next finds it out again.
  await read(context, key, { ...known, [name]: context.now() + DAY });
}

async function read({ store }: ServiceContext, key: string, otherwise: Known): Promise<Known> {
  const kept = await store.cache.read<Known, never>(
    {
      key,
      freshMs: DAY,
      keepMs: DAY,
      parse: (stored) => {
        const parsed = Known.safeParse(stored);
        return parsed.success ? parsed.data : null;
      },
    },
    async () => ({ ok: true, value: otherwise }),
  );
  return kept.ok ? kept.value : {};
}
