import { expect, it } from 'vitest';
import { triedAgainText } from '../../src/views/notices.ts';

const failure = { operation: 'listCarts', kind: 'unauthorized' } as const;

it.each([
  [{ kind: 'not_an_admin' } as const, /^Only admins can resume ordering\.$/u],
  [{ kind: 'not_paused' } as const, /^Ordering isn't paused\.$/u],
  [{ kind: 'resumed', mayOnlyRead: false } as const, /^Ordering has resumed: .* Nothing is ordered until/u],
  [
    { kind: 'resumed', mayOnlyRead: true } as const,
    /^Ordering has resumed\. .* only the next order will show .* Nothing is ordered until/u,
  ],
  [{ kind: 'still_paused', failure } as const, /^Ordering is still paused\. .*key/u],
])('pressing Try again says what it did: %j', (tried, sentence) => {
  expect(triedAgainText(tried)).toMatch(sentence);
});
