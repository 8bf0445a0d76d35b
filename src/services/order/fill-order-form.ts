import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { CountryCode, SlackUserId } from '../../domain/ids.ts';
import { defaultCountry } from '../../domain/order/countries.ts';
import { mostQuantity } from '../../domain/order/most-quantity.ts';
import { emptyChoice } from '../../domain/order/order-choice.ts';
import type { OrderChoice, OrderForm } from '../../domain/order/order-form.ts';
import type { RowKey } from '../../domain/order/order-line.ts';
import type { NoMatch } from '../../domain/people/people.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { Pause } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { matchPerson } from '../people/match-person.ts';
import { slackProfile } from '../people/slack-profile.ts';
import { fillCatalog, type OfferedForm } from './fill-catalog.ts';
import { offeredCountries } from './offered-countries.ts';

export interface FormWanted {
  /** Null: a new form, with the person's defaults. */
  readonly choice: OrderChoice | null;
  readonly words: string;
  readonly editing: RowKey | null;
  readonly problem?: OrderForm['problem'];
}

export type FilledForm =
  /** Its price is still `asking` where there is one to ask for: `withPrice` asks. */
  ({ readonly kind: 'form' } & OfferedForm) | NoForm;

/** Why there is no form, each with its own sentence. */
export type NoForm =
  | { readonly kind: 'no_match'; readonly why: NoMatch }
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | { readonly kind: 'no_country' };

/** Everything that **Order equipment** shows but the price, which may take longer: the form stands without it first. */
export async function fillOrderForm(
  context: ServiceContext,
  slackUserId: SlackUserId,
  wanted: FormWanted,
): Promise<FilledForm> {
  const [match, pause, draft] = await Promise.all([
    matchPerson(context, slackUserId),
    context.store.pause(),
    context.store.draft(slackUserId),
  ]);
  if (match.kind !== 'matched') return { kind: 'no_match', why: match };
  if (pause !== null) return { kind: 'paused', pause };
  const request = draft?.lockedBy ? await context.store.request(draft.lockedBy) : null;
  if (request !== null && isOpen(request.state)) return { kind: 'locked', request };

  const settings = await context.store.settings();
  const countries = await offeredCountries(context, settings);
  const lines = draft?.lines ?? [];
  const modeInCart = draft !== null && lines.length > 0 ? draft.mode : null;
  const defaults: Defaults = { countries, settings, lastInCart: lines.at(-1)?.deliveryCountry ?? null, modeInCart };
  const choice = wanted.choice ?? (await newChoice(context, slackUserId, defaults));
  if (choice === null) return { kind: 'no_country' };
  const inCart = { linesInCart: lines.length, modeInCart, mostQuantity: mostQuantity(draft, wanted.editing) };
  const unfilled = unfilledForm(choice, countries, inCart, wanted);
  return { kind: 'form', ...(await fillCatalog(context, match.person, unfilled, wanted.choice === null)) };
}

function unfilledForm(
  choice: OrderChoice,
  countries: readonly CountryCode[],
  cart: Pick<OrderForm, 'linesInCart' | 'modeInCart' | 'mostQuantity'>,
  { words, editing, problem = null }: FormWanted,
): OrderForm {
  return {
    choice,
    countries,
    ...cart,
    words,
    editing,
    problem,
    categories: [],
    productsOffered: null,
    productGroupName: null,
    configurations: null,
    layouts: null,
    addresses: null,
    addressesLeftOut: 0,
    price: { kind: 'nothing_chosen' },
  };
}

interface Defaults {
  readonly countries: readonly CountryCode[];
  readonly settings: Settings;
  readonly lastInCart: CountryCode | null;
  readonly modeInCart: AcquisitionMode | null;
}

/** Null: there is no country to begin with. */
async function newChoice(
  context: ServiceContext,
  slackUserId: SlackUserId,
  { countries, settings, lastInCart, modeInCart }: Defaults,
): Promise<OrderChoice | null> {
  const [preferences, profile] = await Promise.all([
    context.store.preferences(slackUserId),
    slackProfile(context, slackUserId),
  ]);
  const country = defaultCountry({
    offered: countries,
    lastUsed: lastInCart ?? preferences.lastCountry,
    fromSettings: settings.defaultCountry,
    locale: profile.ok ? (profile.value?.locale ?? null) : null,
  });
  return country === null ? null : emptyChoice(country, modeInCart ?? settings.defaultMode);
}
