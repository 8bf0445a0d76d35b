import { describe, expect, it } from 'vitest';
import { CommitUnclear, errorName, StoreUnavailable } from '../../src/domain/failures/failure.ts';

describe('what a log may say about a thrown value', () => {
  it('is its name, never its message', () => {
    expect(errorName(new TypeError('anna@acme.test'))).toBe('TypeError');
    expect(errorName('anna@acme.test')).toBe('string');
  });
});

describe('a store that did not answer', () => {
  it('may have written, unless Redis refused', () => {
    expect(new StoreUnavailable().isRefused).toBe(false);
    expect(new StoreUnavailable('OOM', true).isRefused).toBe(true);
    expect(new CommitUnclear('lost')).toBeInstanceOf(StoreUnavailable);
  });
});
