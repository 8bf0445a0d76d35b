import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeView } from '../../sandbox/slack/judge/judge.ts';
import type { ProductGroup } from '../../src/domain/catalog/products.ts';
import { sayingOption } from '../../src/views/blocks.ts';
import { notAChoiceText } from '../../src/views/cart/trouble.ts';
import { noticeModal } from '../../src/views/notices.ts';
import {
  addingModal,
  loadingText,
  mistakeText,
  peopleLoadingModal,
  peopleLoadingText,
} from '../../src/views/order-form/details.ts';
import { peopleOptions, productOptions, productsToComeText } from '../../src/views/order-form/product.ts';
import { fleetUserId, groupId } from '../domain/an-order-form.ts';

const group = (id: number, name: string): ProductGroup => ({
  productGroupId: groupId(id),
  name,
  brand: null,
  category: null,
  imageUrl: null,
});
const person = (id: number, name: string) => ({ fleetUserId: fleetUserId(id), name, isFleetAdmin: false });
const texts = (options: { text: { text: string } }[]) => options.map(({ text }) => text.text);

describe('the rows of Product', () => {
  const inGermany = { words: '', country: 'DE' };

  it('are what was found', () => {
    expect(productOptions([group(12, 'MacBook Air')], inGermany)).toMatchObject([
      { text: { text: 'MacBook Air' }, value: '12' },
    ]);
  });

  it('say that nothing was found, and choose nothing', () => {
    expect(productOptions([], { words: 'chair', country: 'DE' })).toMatchObject([
      { text: { text: 'No match for “chair” in Germany' }, value: 'says' },
    ]);
    expect(texts(productOptions([], inGermany))).toEqual(['No products in Germany']);
  });

  it('are 100 at most, and the last one tells how many there are', () => {
    const groups = Array.from({ length: 101 }, (_, index) => group(index + 1, `Device ${index + 1}`));

    expect(productOptions(groups.slice(0, 100), inGermany)).toHaveLength(100);
    const options = productOptions(groups, inGermany);
    expect(options).toHaveLength(100);
    expect(options.at(-1)).toMatchObject({ text: { text: '2 more: type to find them' }, value: 'says' });
  });
});

describe('the rows of Product while more are loading', () => {
  const loading = { words: 'dock', country: 'DE', stillToCome: 9_009 };
  const groups = Array.from({ length: 101 }, (_, index) => group(index + 1, `Dock ${index + 1}`));

  it('end with how many', () => {
    expect(texts(productOptions([group(1, 'Dock')], loading))).toEqual(['Dock', productsToComeText(9_009)]);
    expect(productOptions(groups.slice(0, 99), loading)).toHaveLength(100);
    expect(texts(productOptions(groups, loading)).slice(-2)).toEqual([
      '3 more: type to find them',
      productsToComeText(9_009),
    ]);
    expect(productOptions(groups, loading)).toHaveLength(100);
  });

  it('never say that there is no match', () => {
    expect(texts(productOptions([], loading))).toEqual([productsToComeText(9_009)]);
    expect(productsToComeText(1)).toBe('1 more product is still loading: search again in a minute.');
    expect(productsToComeText(10_000_000).length).toBeLessThanOrEqual(75);
  });
});

describe('the rows of For', () => {
  it('begin with Me and Not assigned yet', () => {
    expect(texts(peopleOptions([person(3, 'Ben Martin')], ''))).toEqual(['Me', 'Not assigned yet', 'Ben Martin']);
    expect(texts(peopleOptions([person(3, 'Ben Martin')], 'ben'))).toEqual(['Ben Martin']);
    expect(texts(peopleOptions([], ' not ass'))).toEqual(['Not assigned yet']);
  });

  it('tell namesakes apart', () => {
    const options = peopleOptions([person(3, 'Ben Martin'), person(4, 'Ben Martin')], 'ben');

    expect(options).toMatchObject([
      { description: { text: 'Fleet user 3' } },
      { description: { text: 'Fleet user 4' } },
    ]);
  });

  it('say that nobody was found', () => {
    expect(peopleOptions([], ' zoe ')).toMatchObject([{ text: { text: 'No one found for “zoe”' }, value: 'says' }]);
  });

  it('are 100 at most', () => {
    const many = Array.from({ length: 120 }, (_, index) => person(index + 1, `Person ${index}`));

    expect(peopleOptions(many, '')).toHaveLength(100);
  });
});

it('takes whatever people type as text', () => {
  expect(sayingOption(`${'x'.repeat(200)}`).text.text).toHaveLength(75);
  expect(texts(peopleOptions([], '<!channel>'))).toEqual(['No one found for “<!channel>”']);
});

describe('the modals around the form', () => {
  const core = { faults: createFaults() };

  it.each([
    [noticeModal('Order equipment', loadingText), 'Order equipment', loadingText],
    [peopleLoadingModal('Order equipment'), 'Order equipment', peopleLoadingText],
    [addingModal(), 'Order equipment', 'Adding…'],
    [addingModal('edit'), 'Edit device', 'Saving…'],
    [noticeModal('Order equipment', 'Because.'), 'Order equipment', 'Because.'],
  ])('say one thing and have nothing to submit', (view, title, text) => {
    expect(JSON.stringify(view.blocks)).toContain(text);
    expect(view).toMatchObject({ title: { text: title } });
    expect(view).not.toHaveProperty('submit');
    expect(judgeView(core, view, 'modal')).toEqual([]);
  });

  it('have a sentence for each mistake', () => {
    const mistakes = [
      'choose_product',
      'choose_configuration',
      'choose_layout',
      'configurations_loading',
      'quantity_out_of_range',
      'not_a_choice',
    ] as const;

    expect(mistakes.map((mistake) => mistakeText(mistake))).toEqual([
      'Choose a product.',
      'Choose a configuration.',
      'Choose a keyboard layout.',
      expect.stringContaining('still loading'),
      'Enter a whole number from 1 to 20.',
      notAChoiceText,
    ]);
  });
});
