import { describe, expect, it } from 'vitest';
import { errorAt, settingField, textIn, valuesIn, wholeIn } from '../../../src/views/settings/fields.ts';
import { aForm } from './a-form.ts';

it('has another id for each revision of the settings, so that Slack shows what holds now', () => {
  const field = { name: 'note', label: 'Note', element: { type: 'plain_text_input' } } as const;

  expect(settingField({ ...field, revision: 7 })).toMatchObject({ block_id: 'note.7', element: { action_id: 'note' } });
  expect(settingField({ ...field, revision: null })).toMatchObject({ block_id: 'note.0' });
});

describe('a field as Slack sends it', () => {
  it('is empty where it is not on screen or nothing is chosen', () => {
    const form = aForm({ note: { value: null }, days: { selected_options: [{ value: '1' }, {}] } });

    expect(textIn(form, 'note')).toBe('');
    expect(textIn(form, 'elsewhere')).toBe('');
    expect(textIn({ block: { note: { value: 'x'.repeat(900_000) } } }, 'note')).toHaveLength(3_000);
    expect(valuesIn(form, 'days')).toEqual(['1']);
    expect(valuesIn(form, 'elsewhere')).toEqual([]);
  });

  it.each([
    ['4', 4],
    [' 10 ', 10],
    ['3', null],
    ['11', null],
    ['4.5', null],
    ['-5', null],
    ['four', null],
    ['', null],
    ['0000005', null],
  ])('“%s” is, from 4 to 10, the number %s', (value, number) => {
    expect(wholeIn(aForm({ hours: { value } }), 'hours', 4, 10)).toBe(number);
  });
});

describe('what is wrong', () => {
  it('stands at its field, else at the first one, else nowhere', () => {
    const form = aForm({ first: { value: 'a' }, second: { value: 'b' } });

    expect(errorAt(form, 'second', 'Wrong.')).toEqual({ 'second.7': 'Wrong.' });
    expect(errorAt(form, 'third', 'Wrong.')).toEqual({ 'first.7': 'Wrong.' });
    expect(errorAt({}, 'third', 'Wrong.')).toEqual({});
  });
});
