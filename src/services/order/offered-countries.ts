import type { CountryCode } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { ServiceContext } from '../context.ts';
import { knownForADay, rememberForADay } from './known-for-a-day.ts';

const KEY = 'catalog:dropped-countries';

/** The settings' countries without those that Fleet said, within the last day, not to deliver to. */
export async function offeredCountries(context: ServiceContext, settings: Settings): Promise<readonly CountryCode[]> {
  const codes = settings.countries.map(({ code }) => code);
  const dropped = await knownForADay(context, KEY, codes);
  return codes.filter((code) => !dropped.has(code));
}

/** Fleet does not deliver there: nobody is offered the country again for a day. */
export async function dropCountry(context: ServiceContext, country: CountryCode): Promise<void> {
  await rememberForADay(context, KEY, country);
  context.log.info('a country was dropped for a day', { country });
}
