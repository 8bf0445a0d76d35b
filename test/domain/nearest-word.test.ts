import { expect, it } from 'vitest';
import { nearestWord } from '../../src/domain/name-match.ts';

const verbs = ['order', 'cart', 'carts', 'status', 'help'];

it.each([
  ['ordr', 'order'],
  ['oredr', 'order'],
  ['odrer', 'order'],
  ['stat', 'status'],
  ['orders', 'order'],
  ['crat', 'cart'],
  ['halp', 'help'],
  ['x', null],
  ['elephant', null],
  ['', null],
  ['z'.repeat(5000), null],
])('for "%s" is %s', (typed, nearest) => {
  expect(nearestWord(typed, verbs)).toBe(nearest);
});
