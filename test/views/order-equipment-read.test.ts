import { describe, expect, it } from 'vitest';
import { stateAfterRender, withIds } from '../../sandbox/slack/elements.ts';
import type { Obj } from '../../sandbox/slack/json.ts';
import { resolveChoice } from '../../src/domain/order-form/choice.ts';
import { orderEquipmentModal, type ShownForm } from '../../src/views/order-form/modal.ts';
import { type FilledView, readOrderEquipment } from '../../src/views/order-form/read.ts';
import { aChoice, addressId, aForm, anEmptyForm, fleetUserId } from '../domain/an-order-form.ts';

/** What Slack sends back of a freshly drawn form, with some fields filled in otherwise. */
function filled(form: ShownForm, changes: Record<string, Obj> = {}, turns = {}): FilledView {
  const blocks = withIds(orderEquipmentModal(form, '', turns).blocks, () => 'filler');
  const values = stateAfterRender(blocks, {});
  for (const [field, value] of Object.entries(changes)) {
    const blockId = Object.keys(values).find((id) => id.startsWith(`${field}.`)) ?? field;
    values[blockId] = { [field]: value };
  }
  return { blocks: blocks as FilledView['blocks'], state: { values: values as FilledView['state']['values'] } };
}
const option = (value: string, text = value) => ({ selected_option: { value, text: { type: 'plain_text', text } } });

describe('reading what was built', () => {
  it.each([
    ['everything chosen', aForm()],
    ['nothing chosen', anEmptyForm()],
    [
      'not assigned yet, bought, to an address',
      aForm({ choice: aChoice({ assignee: { kind: 'nobody_yet' }, mode: 'BUY' }) }),
    ],
    [
      'for somebody else',
      aForm({ choice: aChoice({ assignee: { kind: 'person', fleetUserId: fleetUserId(3), name: 'Ben Martin' } }) }),
    ],
  ])('gives back the choice: %s', (_, form) => {
    const reading = readOrderEquipment(filled(form));

    expect(resolveChoice(form.choice, reading.stated)).toMatchObject({ choice: form.choice, changed: new Set() });
    expect(reading.odd.size).toBe(0);
  });

  it('gives back values only of the fields that the view shows', () => {
    const { stated } = readOrderEquipment(filled(anEmptyForm({ categories: [] })));

    expect(Object.keys(stated).sort()).toEqual(['assignee', 'deliveryCountry', 'mode', 'productGroupId', 'quantity']);
  });

  it('tells the block of each field', () => {
    const { blockIds } = readOrderEquipment(filled(aForm(), {}, { product: '3' }));

    expect(blockIds.get('product')).toBe('product.3');
    expect(blockIds.get('quantity')).toBe('quantity.0');
    expect(blockIds.size).toBe(9);
  });
});

describe('reading what people did', () => {
  it.each([
    ['delivery_country', option('FR'), { deliveryCountry: 'FR' }],
    ['category', option('every'), { category: 'every' }],
    ['category', option('SCREEN'), { category: 'SCREEN' }],
    ['product', option('13'), { productGroupId: 13 }],
    ['configuration', option('35'), { productId: 35 }],
    ['keyboard_layout', option('FRENCH_AZERTY'), { keyboardLayout: 'FRENCH_AZERTY' }],
    ['quantity', { value: '20' }, { quantity: 20 }],
    ['quantity', { value: '1.5' }, { quantity: 0 }],
    ['quantity', { value: '-3' }, { quantity: 0 }],
    ['quantity', { value: null }, { quantity: null }],
    ['assignee', option('nobody_yet'), { assignee: { kind: 'nobody_yet' } }],
    // Anyone could write the label, and Slack may send it escaped.
    ['assignee', option('5', 'Tom &amp; &lt;Eva&gt;'), { assignee: { kind: 'person', fleetUserId: 5, name: '' } }],
    ['ship_to', option('fleets_default'), { shippingAddressId: 'fleets_default' }],
    ['ship_to', option('8'), { shippingAddressId: addressId(8) }],
    ['mode', option('BUY'), { mode: 'BUY' }],
  ])('%s: %j', (field, value, stated) => {
    expect(readOrderEquipment(filled(aForm(), { [field]: value })).stated).toMatchObject(stated);
  });

  it.each([
    ['delivery_country', 'deliveryCountry', 'Germany'],
    ['category', 'category', 'HOLOGRAM'],
    ['product', 'productGroupId', 'says'],
    ['configuration', 'productId', '0x22'],
    ['keyboard_layout', 'keyboardLayout', 'KLINGON_QWERTY'],
    ['assignee', 'assignee', 'says'],
    ['ship_to', 'shippingAddressId', 'nothing_to_choose'],
    ['mode', 'mode', 'STEAL'],
  ])('%s: what is no choice is none, and is told', (field, key, value) => {
    const { stated, odd } = readOrderEquipment(filled(aForm(), { [field]: option(value) }));

    expect(stated).toHaveProperty(key, null);
    expect([...odd]).toEqual([field]);
  });

  it('takes a field that Slack sends no state for as untouched', () => {
    const view = filled(aForm());

    const { stated } = readOrderEquipment({ blocks: [...view.blocks, {}], state: { values: {} } });

    expect(resolveChoice(aChoice(), stated).choice).toEqual(aChoice());
  });
});
