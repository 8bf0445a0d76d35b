import { describe, expect, it } from 'vitest';
import type { FleetFailure, FleetOperation } from '../../src/domain/failures/failure.ts';
import { isOfAnotherKey, type Pause, pauseKindOf, provesKey } from '../../src/domain/failures/pause.ts';
import { everyKind } from './every-failure.ts';

const pause: Pause = { kind: 'unauthorized', since: 1_000, keyId: 'old' };
const { keyId: _, ...ofOlderRelease } = pause;

it('is for what says that the key is not accepted, and for nothing else', () => {
  const kinds = everyKind.map(({ kind }: FleetFailure) => kind);
  const pausing = everyKind.filter((failure) => pauseKindOf(failure) !== null).map(({ kind }) => kind);

  expect(kinds.length).toBeGreaterThan(pausing.length);
  expect(new Set(pausing)).toEqual(new Set(['unauthorized', 'insufficient_scope', 'company_not_found']));
});

describe('what proves that the key is accepted again', () => {
  const done = (askedAt: number, operation: FleetOperation = 'listCarts', keyId = 'old') => ({
    askedAt,
    operation,
    keyId,
  });

  it.each<[string, Pause, ReturnType<typeof done>, boolean]>([
    ['asked after the pause began', pause, done(1_001), true],
    ['asked when the pause began', pause, done(1_000), false],
    ['asked before, with a key that was put in since', pause, done(999, 'listCarts', 'new'), true],
    ['asked before, where an older release did not note the key', ofOlderRelease, done(999, 'listCarts', 'new'), false],
    ['a read by a key that may only read', { ...pause, kind: 'insufficient_scope' }, done(1_001), false],
    ['a write by a key that may only read', { ...pause, kind: 'insufficient_scope' }, done(1_001, 'createCart'), true],
  ])('%s', (_, paused, carriedOut, proves) => {
    expect(provesKey(paused, carriedOut)).toBe(proves);
  });

  it('is not needed where the pause is about another key', () => {
    expect(isOfAnotherKey(pause, 'new')).toBe(true);
    expect(isOfAnotherKey(pause, 'old')).toBe(false);
    expect(isOfAnotherKey(ofOlderRelease, 'new')).toBe(false);
  });
});
