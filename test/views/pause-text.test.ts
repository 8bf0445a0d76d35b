import { expect, it } from 'vitest';
import { triedAgainText } from '../../src/views/notices.ts';

const failure = { operation: 'listCarts', kind: 'unauthorized' } as const;

it.each([
  [{ kind: 'not_an_admin' } as const, /^Only admins can .* Nothing was changed and nothing was ordered\.$/u],
  [{ kind: 'not_paused' } as const, /^Ordering is not paused: everybody can order and sign\. Nothing was changed\.$/u],
  [
    { kind: 'resumed', mayOnlyRead: false } as const,
    /^Ordering goes on: Fleet accepts the key again\. Nothing is ordered/u,
  ],
  [
    { kind: 'resumed', mayOnlyRead: true } as const,
    /^Ordering goes on\. .* only the next order can show .* Nothing is ordered/u,
  ],
  [{ kind: 'still_paused', failure } as const, /^Ordering stays paused\. .*key.* Nothing was ordered\.$/u],
])('whoever presses Try again is told what came of it: %j', (tried, sentence) => {
  expect(triedAgainText(tried)).toMatch(sentence);
});
