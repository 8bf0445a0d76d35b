import type { CountryCode } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { ServiceContext } from '../context.ts';
import { keepForADay, knownForADay } from './known-for-a-day.ts';

const KEY = 'catalog:dropped-countries';

/** The settings' countries without those that Fleet said, within the last day, not to deliver to. */
export async function offeredCountries(context: ServiceContext, settings: Settings): Promise<readonly CountryCode[]> {
  const isDropped = await knownForADay(context, KEY);
  return settings.countries.map(({ code }) => code).filter((code) => !isDropped(code));
}

/** Fleet does not deliver there: nobody is offered the country again for a day. */
export async function dropCountry(context: ServiceContext, country: CountryCode): Promise<void> {
  await keepForADay(context, KEY, country);
  context.log.info('a country was dropped for a day', { country });
}
