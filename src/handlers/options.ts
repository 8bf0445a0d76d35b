import type { PlainTextOption } from '@slack/types';
import { withTimeout } from '../domain/async.ts';
import { findProducts } from '../domain/catalog/search.ts';
import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { orderMemoryOf } from '../presenters/order-form.ts';
import { searchProducts } from '../services/catalog/products.ts';
import type { ServiceContext } from '../services/context.ts';
import { askForRefresh } from '../services/people/directory.ts';
import { findApprovers, searchPeople } from '../services/people/find-approvers.ts';
import { matchOrReport } from '../services/people/match.ts';
import { listOfferedProducts } from '../services/settings/screen.ts';
import { sayingOption } from '../views/blocks.ts';
import { approverOptions, nobodyMaySign, whoYouAreUnknown } from '../views/cart/modal.ts';
import {
  formTooOld,
  peopleNotLoaded,
  peopleNotWhole,
  peopleOptions,
  productOptions,
  productsNotLoaded,
  productsNotWhole,
  searchFailed,
} from '../views/order-form/product.ts';
import type { HandlerWorkspace, SearchArgs } from './listener.ts';

/** People who may sign for the person who asks. */
export async function onApproverOptions(args: SearchArgs, { context }: HandlerWorkspace): Promise<void> {
  const { value: typed, user } = args.body;
  await answerOptions(context, args, async () => {
    const match = await matchOrReport(context, user.id as SlackUserId);
    if (match.kind !== 'matched') return [sayingOption(whoYouAreUnknown)];
    const { people, noOne } = await findApprovers(context, match.person, typed);
    if (noOne === null) return approverOptions(people, typed);
    return [sayingOption(noOne === 'known' ? nobodyMaySign : peopleNotWhole)];
  });
}

export async function onPeopleOptions(args: SearchArgs, { context }: HandlerWorkspace): Promise<void> {
  const { value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const found = await searchPeople(context, typed);
    if (found.kind === 'people' && found.people.length === 0 && !found.isWhole)
      return [...peopleOptions([], ''), sayingOption(peopleNotWhole)];
    if (found.kind === 'people') return peopleOptions(found.people, typed);
    await askForRefresh(context);
    return [...peopleOptions([], ''), sayingOption(peopleNotLoaded)];
  });
}

/** Slack sends a stale or empty view state here, so country, category and words come from the signed metadata. */
export async function onProductOptions(args: SearchArgs, { context }: HandlerWorkspace): Promise<void> {
  const { view, user, value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const memory = orderMemoryOf({ context }, user.id as SlackUserId, view);
    if (memory === null) return [sayingOption(formTooOld)];
    const { deliveryCountry: country, category } = memory.choice;
    const { words } = memory.carry;
    const found = await searchProducts(context, { country, category, words, typed });
    if (found.kind === 'not_loaded') return [sayingOption(productsNotLoaded)];
    if (found.kind === 'not_whole') return [sayingOption(productsNotWhole)];
    const { groups, stillToCome } = found;
    return productOptions(groups, { words: typed.trim() === '' ? words : typed.trim(), country, stillToCome });
  });
}

/** Everything that Fleet offers in any country, including what the settings exclude. */
export async function onSettingsProducts(args: SearchArgs, { context }: HandlerWorkspace): Promise<void> {
  const words = args.body.value.trim();
  await answerOptions(context, args, async () => {
    const settings = await context.store.settings();
    const { rows, stillToCome } = await listOfferedProducts(context, settings);
    if (rows.length === 0) return [sayingOption(productsNotLoaded)];
    const country = settings.defaultCountry ?? settings.countries[0]?.code ?? '';
    return productOptions(findProducts(rows, { words, category: null }), { words, country, stillToCome });
  });
}

/** Slack waits three seconds and then shows an error of its own. */
export const ANSWER_WITHIN_MS = 2000;

/** Always answers with at least one row: an empty list would not say that the search failed. */
export async function answerOptions(
  { sleep, log, searchTimeoutMs = ANSWER_WITHIN_MS }: Pick<ServiceContext, 'sleep' | 'log' | 'searchTimeoutMs'>,
  { ack }: Pick<SearchArgs, 'ack'>,
  search: () => Promise<PlainTextOption[]>,
): Promise<void> {
  let options: PlainTextOption[] | null = null;
  try {
    options = await withTimeout(sleep, searchTimeoutMs, search());
  } catch (error) {
    log.warn('a search failed', { error: errorName(error) });
  }
  await ack({ options: options ?? [sayingOption(searchFailed)] });
}
