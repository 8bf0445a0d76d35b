import { z } from 'zod';
import type { CountryCode } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { ServiceContext } from '../context.ts';

const DAY = 24 * 60 * 60 * 1000;
const Dropped = z.record(z.string(), z.number());
type Dropped = z.infer<typeof Dropped>;

/** The settings' countries without those that Fleet said, within the last day, not to deliver to. */
export async function offeredCountries(context: ServiceContext, settings: Settings): Promise<readonly CountryCode[]> {
  const dropped = await droppedCountries(context, {});
  return settings.countries.map(({ code }) => code).filter((code) => (dropped[code] ?? 0) <= context.now());
}

/** Fleet does not deliver there: nobody is offered the country again for a day. */
export async function dropCountry(context: ServiceContext, country: CountryCode): Promise<void> {
  const dropped = await droppedCountries(context, {});
  await context.store.cache.forget(KEY);
  // Two at once may lose one of them: whoever chooses that country next finds it out again.
  await droppedCountries(context, { ...dropped, [country]: context.now() + DAY });
  context.log.info('a country was dropped for a day', { country });
}

const KEY = 'catalog:dropped-countries';

async function droppedCountries({ store }: ServiceContext, otherwise: Dropped): Promise<Dropped> {
  const read = await store.cache.read<Dropped, never>(
    {
      key: KEY,
      freshMs: DAY,
      keepMs: DAY,
      parse: (stored) => {
        const parsed = Dropped.safeParse(stored);
        return parsed.success ? parsed.data : null;
      },
    },
    async () => ({ ok: true, value: otherwise }),
  );
  return read.ok ? read.value : {};
}
