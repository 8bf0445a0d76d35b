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
  ['jurgen muller', 'mueller', 4],
  ['jurgen muller', 'juergen', 4],
  ['jurgen muller', 'juergen muller', 4],
  ['lars sorensen', 'soerensen', 4],
  ['eva angstrom', 'angstroem', 4],
  ['per hakon', 'haakon', 4],
  ['dan o brien', 'obrien', 4],
  ['louise d ornano', 'dornano', 4],
  ['jean pierre blanc', 'jeanpierre', 4],
  ['小明 王', '王小明', 4],
  ['jean pierre blanc', 'anpierre', null],
  ['小明 王', '王小红', null],
])('%j is found by %j: %j', (name, wanted, rank) => {
  expect(rankOf(name, wanted)).toBe(rank);
});
