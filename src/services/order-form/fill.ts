import { maxQuantity } from '../../domain/cart/cart.ts';
import { type CartTrouble, fleetTrouble } from '../../domain/cart/trouble.ts';
import { defaultCountry } from '../../domain/catalog/products.ts';
import { type FleetFailure, isRejection } from '../../domain/failures/failure.ts';
import type { Pause } from '../../domain/failures/pause.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { CountryCode, SlackUserId } from '../../domain/ids.ts';
import { type OrderLine, type RowKey, rowsOf } from '../../domain/line.ts';
import { type Assignee, emptyChoice, type OrderChoice } from '../../domain/order-form/choice.ts';
import {
  goneFields,
  type OrderForm,
  type WhyNoPrice,
  withChoiceKept,
  withinAddresses,
  withinGroups,
  withinProducts,
  withLayoutToChoose,
  withPriceToAsk,
} from '../../domain/order-form/offer.ts';
import type { NoMatch, Person } from '../../domain/people/people.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import { findLockingRequest } from '../cart/session.ts';
import { listAddresses } from '../catalog/addresses.ts';
import { limitTrouble, priceProduct } from '../catalog/prices.ts';
import { asksForLayout, listConfigurations, listProductGroups, offeredCountries } from '../catalog/products.ts';
import type { ServiceContext } from '../context.ts';
import { doubtAbout } from '../pages.ts';
import { matchOrReport, personSnapshot, slackProfile, unnamedFleetUser } from '../people/match.ts';

export interface FormWanted {
  /** Null: a new form, with the person's defaults. */
  readonly choice: OrderChoice | null;
  readonly words: string;
  readonly editing: RowKey | null;
}

/** `trouble`: why the choice can't be ordered. The views show it above the field that it is about. */
export interface OfferedForm {
  readonly form: OrderForm;
  readonly trouble: CartTrouble | null;
}

export type FilledForm =
  | ({
      readonly kind: 'form';
      /** The same form with its price. Fleet may take longer over that, so the form can be shown first. */
      readonly priced: () => Promise<OfferedForm>;
    } & OfferedForm)
  | NoForm;

/** Why there is no form. */
export type NoForm =
  | { readonly kind: 'no_match'; readonly why: NoMatch }
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | { readonly kind: 'no_country' };

/** Everything **Order equipment** shows, from one snapshot of the settings: first without the price, then with it. */
export async function fillOrderForm(
  context: ServiceContext,
  slackUserId: SlackUserId,
  wanted: FormWanted,
): Promise<FilledForm> {
  const snapshot = await personSnapshot(context, slackUserId, kindOf(wanted));
  const { store } = snapshot;
  const [settings, draft, pause] = await Promise.all([store.settings(), store.draft(slackUserId), store.pause()]);
  const [match, request, countries] = await Promise.all([
    matchOrReport(snapshot, slackUserId),
    findLockingRequest(snapshot, draft),
    offeredCountries(snapshot, settings),
  ]);
  if (match.kind !== 'matched') return { kind: 'no_match', why: match };
  if (pause !== null) return { kind: 'paused', pause };
  if (request !== null) return { kind: 'locked', request };

  const lines = draft?.lines ?? [];
  const modeInCart = draft !== null && lines.length > 0 ? draft.mode : null;
  const defaults: Defaults = { countries, settings, lastInCart: lines.at(-1)?.deliveryCountry ?? null, modeInCart };
  const choice =
    wanted.choice === null
      ? await newChoice(snapshot, slackUserId, defaults)
      : { ...wanted.choice, assignee: await namedAssignee(snapshot, wanted.choice.assignee) };
  if (choice === null) return { kind: 'no_country' };
  const inCart = { linesInCart: lines.length, modeInCart, maxQuantity: maxQuantity(draft, wanted.editing) };
  const unfilled = unfilledForm(choice, countries, inCart, wanted);
  const edited = rowsOf(lines).find(({ key }) => key === wanted.editing)?.line ?? null;
  const filling: Filling = { context: snapshot, settings, person: match.person, isNew: wanted.choice === null, edited };
  const offered = await withCatalog(filling, unfilled);
  return { kind: 'form', ...offered, priced: () => withPrice(filling, offered) };
}

/** Forms of one kind show the same lists and the same price. */
function kindOf({ choice, words }: FormWanted): string {
  if (choice === null) return `new form: ${words}`;
  const { deliveryCountry, productGroupId, productId, mode, keyboardLayout } = choice;
  return ['form', deliveryCountry, productGroupId, productId, mode, keyboardLayout].join(' ');
}

interface Defaults {
  readonly countries: readonly CountryCode[];
  readonly settings: Settings;
  readonly lastInCart: CountryCode | null;
  readonly modeInCart: AcquisitionMode | null;
}

/** Null: no country is offered. */
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
    timeZone: profile.ok ? (profile.value?.timeZone ?? null) : null,
    locale: profile.ok ? (profile.value?.locale ?? null) : null,
  });
  return country === null ? null : emptyChoice(country, modeInCart ?? settings.defaultMode);
}

/** The name is looked up by id; for someone whom the directory doesn't list, the last view's holds. */
async function namedAssignee(context: ServiceContext, assignee: Assignee): Promise<Assignee> {
  if (assignee.kind !== 'person') return assignee;
  const { fleetUserId, name } = assignee;
  const listed = (await context.store.directory.person(fleetUserId))?.name;
  return { ...assignee, name: listed || name || unnamedFleetUser(fleetUserId) };
}

function unfilledForm(
  choice: OrderChoice,
  countries: readonly CountryCode[],
  cart: Pick<OrderForm, 'linesInCart' | 'modeInCart' | 'maxQuantity'>,
  { words, editing }: FormWanted,
): OrderForm {
  return {
    choice,
    countries,
    ...cart,
    words,
    editing,
    categories: [],
    productsOffered: null,
    productGroupName: null,
    configurations: null,
    layouts: null,
    addresses: null,
    addressesLeftOut: 0,
    areAddressesWhole: true,
    price: { kind: 'nothing_chosen' },
  };
}

interface Filling {
  readonly context: ServiceContext;
  readonly settings: Settings;
  readonly person: Person;
  readonly isNew: boolean;
  readonly edited: OrderLine | null;
}

/** Adds what Fleet offers for the form's choice. */
async function withCatalog(filling: Filling, form: OrderForm): Promise<OfferedForm> {
  const { context, settings, person, isNew } = filling;
  const { deliveryCountry: country, assignee: whom } = form.choice;
  const assignee = whom.kind === 'person' ? whom.fleetUserId : null;
  const [groups, addresses] = await Promise.all([
    listProductGroups(context, country, settings),
    listAddresses(context, { country, requester: person.fleetUserId, assignee }),
  ]);
  const addressed = withinAddresses(form, addresses);
  const withoutCatalog = (failure: FleetFailure): OfferedForm => ({
    form: withPriceToAsk(keptUnlessRejected(filling, withoutUndeliverable(addressed, failure), failure)),
    trouble: fleetTrouble(failure),
  });
  if (!groups.ok) return withoutCatalog(groups.failure);
  const { rows, stillToCome } = groups.value;
  // A single match among a part of the products may be one of many.
  const within = withinGroups(addressed, rows, isNew && stillToCome === undefined);
  const listed = stillToCome === undefined ? within : { ...within, productsToCome: stillToCome };
  const isGone = form.choice.productGroupId !== null && listed.choice.productGroupId === null;
  const doubt = isGone ? doubtAbout('listProductGroups', groups.value) : null;
  if (doubt !== null) return withoutCatalog(doubt);
  const offered: OfferedForm = isGone
    ? { form: listed, trouble: { kind: 'not_offered', field: 'product' } }
    : await withConfigurations(filling, listed);
  const [gone] = goneFields(offered.form);
  const trouble = offered.trouble ?? (gone === undefined ? null : ({ kind: 'not_offered', field: gone } as const));
  return { form: withPriceToAsk(offered.form), trouble };
}

/** If Fleet doesn't deliver there, the country is no longer offered; the message still names it. */
function withoutUndeliverable(form: OrderForm, failure: FleetFailure): OrderForm {
  if (!adviceFor(failure).dropsCountryForADay) return form;
  return { ...form, countries: form.countries.filter((code) => code !== form.choice.deliveryCountry) };
}

function keptUnlessRejected({ edited }: Filling, form: OrderForm, failure: FleetFailure): OrderForm {
  return isRejection(failure) ? form : withChoiceKept(form, edited);
}

async function withConfigurations(filling: Filling, form: OrderForm): Promise<OfferedForm> {
  const { context } = filling;
  const { productGroupId, deliveryCountry, productId } = form.choice;
  if (productGroupId === null) return { form, trouble: null };
  const products = await listConfigurations(context, { deliveryCountry, productGroupId });
  const without = (failure: FleetFailure): OfferedForm => ({
    form: keptUnlessRejected(filling, form, failure),
    trouble: fleetTrouble(failure),
  });
  if (!products.ok) return without(products.failure);
  const { rows } = products.value;
  const isGone = productId !== null && !rows.some((product) => product.productId === productId);
  const doubt = isGone || rows.length === 0 ? doubtAbout('listProducts', products.value) : null;
  if (doubt !== null) return without(doubt);
  const trouble: CartTrouble | null =
    rows.length === 0
      ? { kind: 'not_offered', field: 'product' }
      : isGone
        ? { kind: 'not_offered', field: 'configuration' }
        : null;
  return { form: withinProducts(form, rows), trouble };
}

/** Adds the price, or why it is unknown, once the choice is complete enough to ask. */
async function withPrice(filling: Filling, offered: OfferedForm): Promise<OfferedForm> {
  const { context, settings } = filling;
  const { form, trouble } = offered;
  const { productId, deliveryCountry, mode, keyboardLayout } = form.choice;
  if (form.price.kind !== 'asking' || productId === null) return offered;
  const currency = settings.countries.find(({ code }) => code === deliveryCountry)?.currency;
  if (currency === undefined) return { form: unpriced(form, { kind: 'no_currency' }), trouble };

  const priced = await priceProduct(context, { productId, deliveryCountry, currency, mode, keyboardLayout });
  if (priced.ok) {
    const { price } = priced.value;
    const { productGroupName: productName } = form;
    const over = limitTrouble(settings, { price, currency, mode });
    const overLimit = over === null ? null : { ...over, productName };
    return { form: { ...form, price: { kind: 'known', ...priced.value } }, trouble: trouble ?? overLimit };
  }
  // A rejection is about the choice. No answer is only about the price.
  const { failure } = priced;
  if (asksForLayout(failure) && keyboardLayout === null)
    return withPrice(filling, { form: withLayoutToChoose(form), trouble: trouble ?? fleetTrouble(failure) });
  const isAboutChoice = failure.kind === 'rejected' || failure.kind === 'rejected_in_words';
  return {
    form: unpriced(form, { kind: 'fleet', failure }),
    trouble: trouble ?? (isAboutChoice ? fleetTrouble(failure) : null),
  };
}

function unpriced(form: OrderForm, why: WhyNoPrice): OrderForm {
  return { ...form, price: { kind: 'unknown', why } };
}
