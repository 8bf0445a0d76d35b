import { describe, expect, it } from 'vitest';
import { privateLabel, readOwner, sharedLabel } from '../../src/domain/catalog/address-owner.ts';
import { fleetUserId } from './an-order-form.ts';

const owned = (id: number) => ({ kind: 'owner', fleetUserId: id });
const labelOf = (name: string, id = 4711, limit = 70) => privateLabel(name, fleetUserId(id), limit);

describe('the mark of a private address', () => {
  it.each([1, 12, 4711, 9_007_199_254_740_991])('says whose it is: %i', (id) => {
    expect(readOwner(labelOf('Noah Weber', id))).toEqual(owned(id));
  });

  it.each([
    '',
    ' ',
    'x'.repeat(300),
    '🧑‍💻'.repeat(40),
    'é'.repeat(69),
    '[private 12-zz]',
    'Noah\n[Weber]',
    'private 12-ab',
    'ｐrivate 12-ab',
  ])('is never clipped and never confused by a name: %j', (name) => {
    const label = labelOf(name);
    expect(label.length).toBeLessThanOrEqual(70);
    expect(label).not.toMatch(/\p{Cs}/u);
    expect(readOwner(label)).toEqual(owned(4711));
    expect(label).toMatch(/\[private 4711-[0-9a-z]{2}\]$/u);
  });

  it('survives what a person or a database may do to its spelling', () => {
    const label = labelOf('Noah Weber');
    for (const spelled of [
      label.toUpperCase(),
      ` ${label} `,
      label.replace('[', '[ ').replace('-', ' - ').replace(']', ' ]'),
    ])
      expect(readOwner(spelled)).toEqual(owned(4711));
  });

  it('is nobody’s wherever it is cut off', () => {
    const label = labelOf('Noah');
    const mark = label.indexOf('[');
    for (let end = mark + 1; end < label.length; end += 1)
      expect(readOwner(label.slice(0, end)), label.slice(0, end)).toEqual({ kind: 'broken' });
  });

  it.each([
    '[private 4711-00]',
    '[private 4712-%]',
    '[private]',
    '[PRIVATE 04711-zz] Lisbon',
    'Lisbon [private 1-l9] office',
    'Noah private 4711-7x',
    '［private 4711-zz］',
  ])('that somebody typed wrongly belongs to nobody: %s', (typed) => {
    expect(readOwner(typed)).toEqual({ kind: 'broken' });
  });

  it('that stands in front of another one belongs to nobody', () => {
    expect(readOwner(`${labelOf('Noah', 11)} ${labelOf('', 12)}`)).toEqual({ kind: 'broken' });
  });

  it.each([null, '', 'Lisbon office', 'Private entrance', 'Office [Berlin]', 'Depot [2'])(
    'is not seen in %j',
    (label) => {
      expect(readOwner(label)).toEqual({ kind: 'unmarked' });
    },
  );
});

describe('the label of an address for everyone', () => {
  it.each([
    ['Lisboa, Noah Weber', 'Lisboa, Noah Weber'],
    ['Lisboa [private 12-ab]', 'Lisboa for 12-ab'],
    ['x'.repeat(71), 'x'.repeat(70)],
    [`${'x'.repeat(69)}👍`, 'x'.repeat(69)],
  ])('%j is %j', (name, label) => {
    expect(sharedLabel(name, 70)).toBe(label);
    expect(readOwner(sharedLabel(name, 70))).toEqual({ kind: 'unmarked' });
  });
});
