import type { InputBlock, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeView } from '../../sandbox/slack/judge/judge.ts';
import { emptyChoice } from '../../src/domain/order-form/choice.ts';
import type { WhyNoPrice } from '../../src/domain/order-form/offer.ts';
import { keyboardLayouts } from '../../src/domain/vocabulary.ts';
import { addressesHiddenText } from '../../src/views/order-form/details.ts';
import {
  orderEquipmentModal,
  type ShownForm,
  signedOrderModal,
  withTroubleShown,
} from '../../src/views/order-form/modal.ts';
import { offerUnknownText, productsToComeText } from '../../src/views/order-form/product.ts';
import { aChoice, addressId, aForm, anEmptyForm, country, currency, productId } from '../domain/an-order-form.ts';

const core = { faults: createFaults() };
const inputs = (blocks: readonly KnownBlock[]) => blocks.filter((block): block is InputBlock => block.type === 'input');
const labels = (form: ShownForm) => inputs(orderEquipmentModal(form, '').blocks).map(({ label }) => label.text);
const field = (form: ShownForm, label: string, turns = {}) =>
  inputs(orderEquipmentModal(form, '', turns).blocks).find((block) => block.label.text === label);
const shownTexts = (form: ShownForm) => JSON.stringify(orderEquipmentModal(form, '').blocks);
const optionsOf = (form: ShownForm, label: string) => {
  const element = field(form, label)?.element;
  if (element?.type !== 'static_select') throw new Error('not a static select');
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap(({ options }) => options)];
};

describe('what is on screen', () => {
  it('is every field by its label, in order', () => {
    expect(labels(aForm())).toEqual([
      'Delivery country',
      'Category',
      'Product',
      'Configuration',
      'Keyboard layout',
      'Quantity',
      'For',
      'Ship to',
      'Lease or buy',
    ]);
    expect(orderEquipmentModal(aForm(), '')).toMatchObject({
      title: { text: 'Order equipment' },
      submit: { text: 'Add to cart' },
      close: { text: 'Cancel' },
    });
  });

  it('is less while less is known', () => {
    expect(labels(anEmptyForm({ categories: [] }))).toEqual([
      'Delivery country',
      'Product',
      'Quantity',
      'For',
      'Lease or buy',
    ]);
    expect(labels(aForm({ configurations: [], layouts: [], addresses: [] }))).not.toContain('Configuration');
  });

  it('is Save for a line that is edited', () => {
    expect(orderEquipmentModal(aForm({ editing: 'row' }), '').submit?.text).toBe('Save');
  });

  it('shows countries by name and in order', () => {
    expect(optionsOf(aForm(), 'Delivery country').map(({ text }) => text.text)).toEqual([
      'France',
      'Germany',
      'United States',
    ]);
    expect(field(aForm(), 'Delivery country')?.element).toMatchObject({ initial_option: { value: 'DE' } });
  });

  it('shows no country as chosen that is not offered', () => {
    const form = aForm({ choice: aChoice({ deliveryCountry: country('IT') }) });

    expect(field(form, 'Delivery country')?.element).not.toHaveProperty('initial_option');
  });

  it('offers all categories first', () => {
    const element = field(aForm(), 'Category')?.element;

    expect(optionsOf(aForm(), 'Category').map(({ text }) => text.text)).toEqual([
      'All categories',
      'Computer',
      'Screen',
    ]);
    expect(element).toMatchObject({ initial_option: { value: 'COMPUTER' } });
    expect(field(anEmptyForm(), 'Category')?.element).toMatchObject({ initial_option: { value: 'every' } });
  });

  it('lets product and person be searched from the first letter on', () => {
    expect(field(aForm(), 'Product')?.element).toMatchObject({
      type: 'external_select',
      min_query_length: 0,
      initial_option: { text: { text: 'MacBook Air' }, value: '12' },
    });
    expect(field(anEmptyForm(), 'Product')?.element).not.toHaveProperty('initial_option');
    expect(field(aForm({ productGroupName: null }), 'Product')?.element).toMatchObject({
      initial_option: { text: { text: 'Product 12' } },
    });
    expect(field(aForm(), 'For')?.element).toMatchObject({ min_query_length: 0, initial_option: { value: 'me' } });
  });

  it.each([
    [{ kind: 'nobody_yet' } as const, 'Not assigned yet'],
    [{ kind: 'person', fleetUserId: 3, name: 'Ben Martin' } as never, 'Ben Martin'],
  ])('shows whom it is for: %j', (assignee, text) => {
    expect(field(aForm({ choice: aChoice({ assignee }) }), 'For')?.element).toMatchObject({
      initial_option: { text: { text } },
    });
  });

  it("ships to the company's default address unless an address is chosen", () => {
    expect(optionsOf(aForm(), 'Ship to').map(({ text }) => text.text)).toEqual([
      'Company default address',
      'Office Berlin',
      "Anna's own address",
    ]);
    expect(field(aForm(), 'Ship to')?.element).toMatchObject({ initial_option: { value: '7' } });
    const unknown = aForm({ addresses: [{ addressId: addressId(7), label: null }] });
    expect(optionsOf(unknown, 'Ship to').at(-1)?.text.text).toBe('Previously chosen address');
    const byDefault = aForm({ choice: aChoice({ shippingAddressId: null }), addressesLeftOut: 3 });
    expect(field(byDefault, 'Ship to')).toMatchObject({
      element: { initial_option: { value: 'fleets_default' } },
      hint: { text: 'Not shown: 3 more addresses.' },
    });
  });

  it('shows no address as chosen when the one chosen is gone', () => {
    const gone = aForm({ choice: aChoice({ shippingAddressId: addressId(99) }) });

    const element = field(gone, 'Ship to')?.element;

    expect(element).not.toHaveProperty('initial_option');
    expect(element).toMatchObject({ placeholder: { text: 'Choose an address' } });
  });

  it('says that addresses are hidden, also where none is left to offer', () => {
    const none = aForm({ choice: aChoice({ shippingAddressId: null }), addresses: null, areAddressesWhole: false });
    expect(optionsOf(none, 'Ship to').map(({ text }) => text.text)).toEqual(['Company default address']);
    expect(field(none, 'Ship to')).toMatchObject({ hint: { text: addressesHiddenText } });
    expect(field(aForm({ areAddressesWhole: false, addressesLeftOut: 1 }), 'Ship to')).toMatchObject({
      hint: { text: `Not shown: 1 more address. ${addressesHiddenText}` },
    });
    expect(field(aForm({ addresses: null }), 'Ship to')).toBeUndefined();
  });

  it("says that choices couldn't be loaded, and shows what was chosen before", () => {
    const kept = aForm({
      isOfferUnknown: true,
      configurations: [{ productId: productId(34), label: '', imageUrl: null }],
      layouts: ['GERMAN_QWERTZ'],
    });

    for (const label of ['Configuration', 'Keyboard layout'])
      expect(field(kept, label)).toMatchObject({ hint: { text: offerUnknownText }, element: { initial_option: {} } });
    expect(optionsOf(kept, 'Configuration').map(({ text }) => text.text)).toEqual(['As chosen before']);
    for (const label of ['Configuration', 'Keyboard layout']) expect(field(aForm(), label)).not.toHaveProperty('hint');
  });

  it('offers lease and buy', () => {
    expect(field(aForm(), 'Lease or buy')?.element).toMatchObject({
      type: 'radio_buttons',
      options: [{ text: { text: 'Lease' } }, { text: { text: 'Buy' } }],
      initial_option: { value: 'LEASING' },
    });
  });

  it('takes whole numbers from 1 to 20', () => {
    expect(field(aForm(), 'Quantity')?.element).toMatchObject({ min_value: '1', max_value: '20', initial_value: '2' });
    expect(field(aForm({ choice: aChoice({ quantity: 0 }) }), 'Quantity')?.element).not.toHaveProperty('initial_value');
  });
});

describe('under Product', () => {
  it.each([
    [anEmptyForm(), 'Search 3 products available in Germany.'],
    [anEmptyForm({ productsOffered: 0 }), 'No products available in Germany.'],
    [anEmptyForm({ words: 'mac', productsOffered: 1 }), '1 match for “mac” in Germany. Type to search all products.'],
    [
      aForm({ words: 'chair', productsOffered: 0 }),
      'No match for “chair” in Germany (Computer). Type to search all products.',
    ],
  ])('stands what there is', (form, hint) => {
    expect(field(form, 'Product')?.hint?.text).toBe(hint);
  });

  it.each([
    [{}, 'Search 3 products available in Germany.'],
    [{ productsOffered: 0 }, 'No products available in Germany so far.'],
    [{ productsOffered: 0, words: 'mac' }, 'No match so far for “mac” in Germany. Type to search all products.'],
  ])('stands that more are loading', (over, hint) => {
    const form = anEmptyForm({ ...over, productsToCome: 9_009 });

    expect(field(form, 'Product')?.hint?.text).toBe(`${hint} ${productsToComeText(9_009)}`);
  });

  it('stands nothing while that is not known', () => {
    expect(field(anEmptyForm({ productsOffered: null }), 'Product')).not.toHaveProperty('hint');
  });
});

describe('the price', () => {
  const last = (form: ShownForm) => orderEquipmentModal(form, '').blocks.at(-1);

  it('stands below everything, in all and for one, beside the picture', () => {
    expect(last(aForm())).toMatchObject({
      text: { text: '€109.80/month (2 × €54.90)' },
      accessory: { type: 'image', image_url: 'https://img.example/air.png', alt_text: 'MacBook Air' },
    });
    expect(last(aForm({ choice: aChoice({ quantity: 0, mode: 'BUY' }) }))).toMatchObject({
      text: { text: '€54.90' },
    });
  });

  it('is unknown where Fleet names none', () => {
    const price = { kind: 'known', price: null, shipping: { min: null, max: null } } as const;

    expect(last(aForm({ price }))).toMatchObject({ text: { text: 'Price unknown' } });
  });

  it.each<[WhyNoPrice, string]>([
    [{ kind: 'layout_missing' }, 'it depends on the keyboard layout. Choose one first.'],
    [{ kind: 'no_currency' }, 'no currency is set for this country. Ask an admin.'],
    [
      { kind: 'fleet', failure: { operation: 'getPricing', kind: 'no_answer', why: 'timeout' } },
      "Fleet didn't answer in time.",
    ],
  ])('is unknown with the reason: $0.kind', (why, text) => {
    expect(last(aForm({ price: { kind: 'unknown', why } }))).toMatchObject({
      text: { text: `Price unknown: ${text}` },
    });
  });

  it('says that it is being asked for', () => {
    expect(last(aForm({ price: { kind: 'asking' } }))).toMatchObject({
      text: { text: 'Getting the price…' },
    });
  });

  it.each([['http://img.example/a.png'], ['https://img.example/a b.png'], [`https://img.example/${'a'.repeat(3000)}`]])(
    'comes without a picture that Slack would refuse: %s',
    (imageUrl) => {
      const configurations = [{ productId: productId(34), label: 'Air', imageUrl }];

      expect(last(aForm({ configurations }))).not.toHaveProperty('accessory');
    },
  );

  it('calls a picture of something without a name what it is', () => {
    expect(last(aForm({ productGroupName: null }))).toMatchObject({ accessory: { alt_text: 'Selected product' } });
    expect(last(aForm({ configurations: null }))).not.toHaveProperty('accessory');
  });
});

describe('the mode of the whole cart', () => {
  it.each([
    [3, 'The 3 devices in it will switch to Buy.'],
    [1, 'The device in it will switch to Buy.'],
  ])('is told before it changes for %d', (linesInCart, text) => {
    const form = aForm({ choice: aChoice({ mode: 'BUY' }), linesInCart, modeInCart: 'LEASING' });

    expect(shownTexts(form)).toContain(text);
  });

  it.each([
    [aForm({ linesInCart: 3, modeInCart: 'LEASING' })],
    [aForm({ linesInCart: 0, modeInCart: 'BUY' })],
    [aForm({ linesInCart: 3, modeInCart: null })],
  ])('is not spoken of where nothing changes', (form) => {
    expect(shownTexts(form)).not.toContain('will switch to');
  });
});

describe('a problem', () => {
  const above = (form: ShownForm, text: string) => {
    const { blocks } = orderEquipmentModal(form, '');
    const at = blocks.findIndex((block) => block.type === 'section' && block.text?.text === text);
    const next = blocks[at + 1];
    return next?.type === 'input' ? next.label.text : null;
  };

  it('stands directly above its field', () => {
    const problem = { field: 'keyboard_layout', text: 'Keyboard layout: choose one.' } as const;

    expect(above(aForm({ problem }), problem.text)).toBe('Keyboard layout');
  });

  it('stands on top where its field is hidden, or where it has none', () => {
    const problem = { field: 'ship_to', text: 'Ship to: this address is gone.' } as const;

    expect(above(aForm({ problem, addresses: null }), problem.text)).toBe('Delivery country');
    expect(above(aForm({ problem: { field: null, text: 'Fleet is busy.' } }), 'Fleet is busy.')).toBe(
      'Delivery country',
    );
  });

  it('is what the person is told first, before what is found out while drawing', () => {
    const trouble = { kind: 'not_offered', field: 'product' } as const;
    const told = { kind: 'too_many' } as const;

    expect(withTroubleShown(aForm(), null, trouble).problem).toMatchObject({
      field: 'product',
      text: expect.stringMatching(/^Product: /),
    });
    expect(withTroubleShown(aForm(), told, trouble).problem).toMatchObject({ field: null });
    expect(withTroubleShown(aForm(), null, null).problem).toBeNull();
  });
});

describe('what Slack remembers', () => {
  it('goes by block ids that carry the turn of the field', () => {
    expect(field(aForm(), 'Product', { product: '3' })?.block_id).toBe('product.3');
    expect(field(aForm(), 'Quantity', { product: '3' })?.block_id).toBe('quantity.0');
  });

  it('is signed together with the turns', () => {
    const carry = { approver: null, note: 'hello', words: 'mac' };
    const memory = { purpose: { kind: 'add' }, turns: { product: '3' }, carry } as const;

    const view = signedOrderModal(aForm(), memory, (text) => `signed ${text}`);

    expect(view.private_metadata).toMatch(/^signed \{/);
    expect(JSON.parse(view.private_metadata?.slice('signed '.length) ?? '')).toMatchObject({
      choice: { productGroupId: 12 },
      ...memory,
    });
    expect(inputs(view.blocks).map(({ block_id }) => block_id)).toContain('product.3');
  });

  it('tells the app about every change that others depend on', () => {
    const telling = inputs(orderEquipmentModal(aForm(), '').blocks).filter(({ dispatch_action }) => dispatch_action);

    expect(telling.map(({ label }) => label.text)).toEqual([
      'Delivery country',
      'Category',
      'Product',
      'Configuration',
      'Keyboard layout',
      'Quantity',
      'Lease or buy',
    ]);
  });
});

describe('Slack takes it', () => {
  const hostile = ['', '<!channel>', '*_~`', '💻'.repeat(5000), '<https://x|Approve>', '\u202egnp.exe', 'a\nb'];
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  it.each(hostile)('whatever people and Fleet write: %#', (text) => {
    const form = aForm({
      choice: aChoice({ assignee: { kind: 'person', fleetUserId: 3 as never, name: text } }),
      words: text,
      productGroupName: text,
      configurations: [{ productId: productId(34), label: text, imageUrl: text }],
      addresses: [{ addressId: addressId(7), label: text }],
      price: {
        kind: 'unknown',
        why: {
          kind: 'fleet',
          failure: { operation: 'getPricing', kind: 'rejected_in_words', words: text, status: 404 },
        },
      },
      problem: { field: 'product', text },
    });

    expect(judgeView(core, orderEquipmentModal(form, ''), 'modal')).toEqual([]);
    expect(shownTexts(form)).not.toContain('"mrkdwn","text":"<!channel>');
  });

  it('with 190 countries, 250 configurations and 301 addresses, each of them still there', () => {
    const countries = many(190, (index) => country(`${letters[index % 26]}${letters[(index / 26) | 0]}`));
    const form = aForm({
      choice: emptyChoice(country('AA'), 'BUY'),
      countries,
      configurations: many(250, (index) => ({
        productId: productId(index + 1),
        label: `Model ${index}`,
        imageUrl: null,
      })),
      layouts: keyboardLayouts,
      addresses: many(301, (index) => ({ addressId: addressId(index + 1), label: `Office ${index}` })),
    });

    expect(judgeView(core, orderEquipmentModal(form, ''), 'modal')).toEqual([]);
    expect(optionsOf(form, 'Delivery country')).toHaveLength(190);
    expect(optionsOf(form, 'Configuration').at(-1)?.text.text).toBe('Model 249');
    expect(optionsOf(form, 'Ship to')).toHaveLength(302);
    expect(field(form, 'Delivery country')?.element).toMatchObject({ initial_option: { value: 'AA' } });
  });

  it('and reads a long label to its end', () => {
    const label = `${'Very long '.repeat(8)}with 1 TB`;
    const form = aForm({ configurations: [{ productId: productId(34), label, imageUrl: null }] });

    const [shown] = optionsOf(form, 'Configuration');

    expect(shown?.text.text).toHaveLength(75);
    expect(shown?.description?.text).toMatch(/with 1 TB$/);
  });

  it('and never half a character', () => {
    const form = aForm({
      configurations: [{ productId: productId(34), label: `x${'💻'.repeat(60)}`, imageUrl: null }],
    });

    expect(JSON.stringify(optionsOf(form, 'Configuration'))).not.toMatch(/\\ud/);
  });

  it('with money of any currency', () => {
    const price = {
      kind: 'known',
      price: { amount: '1', currency: currency('XXX') },
      shipping: { min: 1, max: 1 },
    } as const;

    expect(judgeView(core, orderEquipmentModal(aForm({ price }), ''), 'modal')).toEqual([]);
  });
});
