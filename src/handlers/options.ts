import type { PlainTextOption } from '@slack/types';
import { withTimeout } from '../domain/async.ts';
import { findProducts } from '../domain/catalog/products.ts';
import { errorName } from '../domain/errors.ts';
import type { SlackUserId } from '../domain/ids.ts';
import type { Workspace } from '../presenters/workspace.ts';
import { searchProducts } from '../services/catalog/products.ts';
import type { ServiceContext } from '../services/context.ts';
import { findApprovers, searchPeople } from '../services/people/find-approvers.ts';
import { matchPerson } from '../services/people/match.ts';
import { listOfferedProducts } from '../services/settings/screen.ts';
import { sayingOption } from '../views/blocks.ts';
import { approverOptions, nobodyMaySign, whoYouAreUnknown } from '../views/cart/modal.ts';
import {
  formTooOld,
  peopleNotLoaded,
  peopleOptions,
  productOptions,
  productsNotLoaded,
  searchFailed,
} from '../views/order-form/product.ts';
import { readOrderMemory } from '../views/order-form/read.ts';

/** The part of Bolt's arguments that a search needs: its own type of them is too deep for TypeScript to compare. */
interface OptionArgs {
  readonly ack: (answer: { options: PlainTextOption[] }) => Promise<void>;
  readonly body: { readonly value: string; readonly view?: { readonly private_metadata: string } };
  readonly context: { readonly teamId?: string };
}

/** Slack waits three seconds and then shows an error of its own. */
const LONGEST_MS = 2000;

/** A row in any case: of a failure too, since nobody sees an empty answer. */
export async function answerOptions(
  { sleep, log }: Pick<ServiceContext, 'sleep' | 'log'>,
  { ack }: Pick<OptionArgs, 'ack'>,
  search: () => Promise<PlainTextOption[]>,
): Promise<void> {
  let options: PlainTextOption[] | null = null;
  try {
    options = await withTimeout(sleep, LONGEST_MS, search());
  } catch (error) {
    log.warn('a search failed', { error: errorName(error) });
  }
  await ack({ options: options ?? [sayingOption(searchFailed)] });
}

type Args = OptionArgs & { readonly body: { readonly user: { readonly id: string } } };

/** People who may sign for whoever asks; the note and the typed words decide nothing. */
export async function onApproverOptions(args: Args, { context }: Workspace): Promise<void> {
  const { value: typed, user } = args.body;
  await answerOptions(context, args, async () => {
    const match = await matchPerson(context, user.id as SlackUserId);
    if (match.kind !== 'matched') return [sayingOption(whoYouAreUnknown)];
    const { people, isNobodyKnown } = await findApprovers(context, match.person, typed);
    return isNobodyKnown ? [sayingOption(nobodyMaySign)] : approverOptions(people, typed);
  });
}

export async function onPeopleOptions(args: OptionArgs, { context }: Workspace): Promise<void> {
  const { value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const found = await searchPeople(context, typed);
    return found.kind === 'people_loading'
      ? [...peopleOptions([], ''), sayingOption(peopleNotLoaded)]
      : peopleOptions(found.people, typed);
  });
}

/** The request's view state is stale or empty: country, category and words are those of the signed metadata. */
export async function onProductOptions(args: OptionArgs, { context }: Workspace): Promise<void> {
  const { view, value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const memory = readOrderMemory(context.seal.open('modal', view?.private_metadata ?? ''));
    if (memory === null) return [sayingOption(formTooOld)];
    const { deliveryCountry: country, category } = memory.choice;
    const { words } = memory.carry;
    const found = await searchProducts(context, { country, category, words, typed });
    if (found.kind === 'not_loaded') return [sayingOption(productsNotLoaded)];
    return productOptions(found.groups, { words: typed.trim() === '' ? words : typed.trim(), country });
  });
}

/** Everything that Fleet offers in any of the countries, whatever the settings leave out. */
export async function onSettingsProducts(args: OptionArgs, { context }: Workspace): Promise<void> {
  const words = args.body.value.trim();
  await answerOptions(context, args, async () => {
    const settings = await context.store.settings();
    const groups = await listOfferedProducts(context, settings);
    if (groups.length === 0) return [sayingOption(productsNotLoaded)];
    const country = settings.defaultCountry ?? settings.countries[0]?.code ?? '';
    return productOptions(findProducts(groups, { words, category: null }), { words, country });
  });
}
