import type { KnownBlock } from '@slack/types';
import { adviceFor } from '../../domain/failures/table.ts';
import { isQuantity, type OrderForm, type WhyNoPrice } from '../../domain/order-form/choice.ts';
import type { FieldGenerations } from '../../domain/order-form/state.ts';
import { layoutName, offer } from '../format.ts';
import { limits } from '../limits.ts';
import { plain } from '../text.ts';
import { inputBlock, option, staticSelect } from './blocks.ts';

/** Null until a product is chosen and its configurations are known. */
export function configurationField({ choice, configurations }: OrderForm, turns: FieldGenerations): KnownBlock | null {
  if (configurations === null || configurations.length === 0) return null;
  return inputBlock({
    field: 'configuration',
    turns,
    element: staticSelect(
      configurations.map(({ productId, label }) => option(label, productId)),
      choice.productId,
      'Choose a configuration',
    ),
    tellsChange: true,
  });
}

/** Null if the chosen product has no keyboard. */
export function layoutField({ choice, layouts }: OrderForm, turns: FieldGenerations): KnownBlock | null {
  if (layouts === null || layouts.length === 0) return null;
  return inputBlock({
    field: 'keyboard_layout',
    turns,
    element: staticSelect(
      layouts.map((layout) => option(layoutName(layout), layout)),
      choice.keyboardLayout,
      'Choose a keyboard layout',
    ),
    tellsChange: true,
  });
}

/** The price before anything is added, with the picture if there is one. */
export function priceBlock(form: OrderForm, hasProblem: boolean): KnownBlock | null {
  const text = priceText(form, hasProblem);
  if (text === null) return null;
  const chosen = form.configurations?.find(({ productId }) => productId === form.choice.productId);
  const imageUrl = chosen?.imageUrl ?? null;
  return {
    type: 'section',
    text: plain(text, limits.sectionText),
    ...(imageUrl === null || !isLoadable(imageUrl)
      ? {}
      : {
          accessory: { type: 'image', image_url: imageUrl, alt_text: form.productGroupName ?? 'Selected product' },
        }),
  };
}

/** `hasProblem`: a message above a field already says why there is no price. */
function priceText({ price, choice, maxQuantity }: OrderForm, hasProblem: boolean): string | null {
  switch (price.kind) {
    case 'nothing_chosen':
      return null;
    case 'asking':
      return 'Getting the price…';
    case 'known':
      return offer(price.price, choice.mode, isQuantity(choice.quantity, maxQuantity) ? choice.quantity : 1);
    case 'unknown':
      return hasProblem && price.why.kind === 'fleet' ? 'Price unknown' : `Price unknown: ${whyNoPriceText(price.why)}`;
  }
}

function whyNoPriceText(why: WhyNoPrice): string {
  switch (why.kind) {
    case 'layout_missing':
      return 'it depends on the keyboard layout. Choose one first.';
    case 'no_currency':
      return 'no currency is set for this country. Ask an admin.';
    case 'fleet':
      return adviceFor(why.failure).happened;
  }
}

/** Slack rejects the whole view if it can't load an image; a public https address is the least it needs. */
function isLoadable(imageUrl: string): boolean {
  return imageUrl.startsWith('https://') && imageUrl.length <= limits.url && !/\s/.test(imageUrl);
}
