import { describe, expect, it } from 'vitest';
import { configurationDetails, configurationLabel, type LabelledProduct } from '../../src/domain/catalog/products.ts';
import { productId } from './an-order-form.ts';

const product = (
  id: number,
  characteristics: Record<string, string> = {},
  name: string | null = 'MacBook Air',
): LabelledProduct => ({ productId: productId(id), name, characteristics });
const details = (...products: LabelledProduct[]) => [...configurationDetails(products).values()];

describe('what tells configurations apart', () => {
  it('is what differs, the usual order first', () => {
    expect(
      details(
        product(1, { storage: '512 GB', screen_size: '13', ram: '16 GB', processor: 'M4' }),
        product(2, { storage: '1 TB', screen_size: '13', ram: '24 GB', processor: 'M4 Pro' }),
      ),
    ).toEqual(['M4 · 16 GB · 512 GB', 'M4 Pro · 24 GB · 1 TB']);
  });

  it('is nothing for a single one', () => {
    expect(details(product(1, { ram: '16 GB' }))).toEqual(['']);
    expect(details()).toEqual([]);
  });

  it('says what a value is about where it does not speak for itself', () => {
    expect(
      details(
        product(1, { ram: '8 GB', weight: '1.4', has_wheels: 'true', noise_cancellation: 'false' }),
        product(2, { ram: '16 GB', weight: '1.6', has_wheels: 'false', noise_cancellation: 'true' }),
      ),
    ).toEqual([
      '8 GB · with wheels · without noise cancellation · weight 1.4',
      '16 GB · without wheels · with noise cancellation · weight 1.6',
    ]);
  });

  it('leaves out what one of them does not have', () => {
    expect(details(product(1, { ram: '8 GB' }), product(2, { ram: '8 GB', graphic: 'RTX' }))).toEqual([
      'MacBook Air',
      'RTX',
    ]);
  });

  it('is the name where Fleet describes two alike, and the number where that is the same too', () => {
    expect(
      details(
        product(1, { ram: '8 GB' }, 'Air'),
        product(2, { ram: '8 GB' }, 'Air (refurbished)'),
        product(3, { ram: '16 GB' }, 'Air'),
      ),
    ).toEqual(['8 GB · Air', '8 GB · Air (refurbished)', '16 GB']);
    expect(details(product(1), product(2))).toEqual(['MacBook Air (1)', 'MacBook Air (2)']);
    expect(details(product(1, {}, null), product(2, {}, ' '))).toEqual(['Product 1', 'Product 2']);
  });
});

it('labels a single configuration by its name', () => {
  expect(configurationLabel(product(1), '')).toBe('MacBook Air');
  expect(configurationLabel(product(1), '8 GB')).toBe('8 GB');
});
