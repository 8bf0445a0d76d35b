import { describe, expect, it } from 'vitest';
import type { OrderMemory } from '../../src/domain/order-form/choice.ts';
import { OrderField } from '../../src/domain/vocabulary.ts';
import { orderMemoryText, readOrderMemory } from '../../src/views/order-form/read.ts';
import { aChoice, fleetUserId, productId } from '../domain/an-order-form.ts';

const aMemory = (change: Partial<OrderMemory> = {}): OrderMemory => ({
  choice: aChoice(),
  purpose: { kind: 'add' },
  turns: { product: '3' },
  carry: { approver: 'U0BEN' as never, note: 'Please, \n"soon"', words: 'macbook' },
  ...change,
});

describe('what a form remembers', () => {
  it.each([
    aMemory(),
    aMemory({ purpose: { kind: 'edit', row: '34|DE|GERMAN_QWERTZ||' } }),
    aMemory({ purpose: { kind: 'complete_found', productId: productId(5) }, turns: {} }),
    aMemory({ choice: aChoice({ assignee: { kind: 'person', fleetUserId: fleetUserId(3), name: 'Ben' } }) }),
  ])('is read as it was written', (memory) => {
    expect(readOrderMemory(orderMemoryText(memory))).toEqual(memory);
  });

  it.each([null, '', 'not json', '{}', JSON.stringify({ ...aMemory(), choice: { ...aChoice(), mode: 'STEAL' } })])(
    'is nothing when it is not ours: %s',
    (text) => {
      expect(readOrderMemory(text)).toBeNull();
    },
  );

  it.each([
    '"'.repeat(500),
    '\\'.repeat(500),
    '\n'.repeat(500),
    '\u0001'.repeat(500),
    '\ud83d'.repeat(500),
    '💻'.repeat(300),
  ])('fits below the 3,000 characters of Slack with its signature: %#', (text) => {
    const memory = aMemory({
      choice: aChoice({ assignee: { kind: 'person', fleetUserId: fleetUserId(2 ** 52), name: text } }),
      purpose: {
        kind: 'edit',
        row: '9007199254740991|DE|INTERNATIONAL_ENGLISH_QWERTY|9007199254740991|9007199254740991',
      },
      turns: Object.fromEntries(OrderField.options.map((field) => [field, '1700000000123456'])),
      carry: { approver: 'U0123456789' as never, note: text, words: text },
    });

    const signed = `v1.key-of-2026.${'x'.repeat(64)}.${orderMemoryText(memory)}`;

    expect(signed.length).toBeLessThan(3000);
    expect(readOrderMemory(orderMemoryText(memory))).not.toBeNull();
  });
});
