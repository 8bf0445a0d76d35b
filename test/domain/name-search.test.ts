import { expect, it } from 'vitest';
import { foldName, rankOf } from '../../src/domain/name-match.ts';

it.each([
  ['Jörg  MÜLLER', 'jorg muller'],
  ["Dan O'Neil", 'dan o neil'],
  ['Weiß Søren Łukasz', 'weiss soren lukasz'],
  ['Æsa ﬁnn', 'aesa finn'],
  ['Écran 27″', 'ecran 27'],
  [' -- ', ''],
])('%j is searched as %j', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

it.each([
  ['anna berg', 'anna berg', 0],
  ['anna berg', 'anna', 1],
  ['anna berg', '', 1],
  ['anna berg', 'berg ann', 2],
  ['anna berg', 'nna erg', 3],
  ['anna berg', 'anna bo', null],
])('%j is found by %j: %j', (name, wanted, rank) => {
  expect(rankOf(name, wanted)).toBe(rank);
});
