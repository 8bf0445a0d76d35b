import { expect, it } from 'vitest';
import { isEndedUnordered, isOpen, type RequestStateKind } from '../../src/domain/request/request.ts';
import { states } from './a-request.ts';

const kinds = Object.keys(states) as RequestStateKind[];

it.each(kinds)('%s is open, or has ended with an order, without one, or elsewhere', (kind) => {
  const state = states[kind];
  const open: readonly RequestStateKind[] = ['pending', 'validating', 'unconfirmed'];
  const unordered: readonly RequestStateKind[] = ['declined', 'changes_requested', 'withdrawn', 'expired'];

  expect(isOpen(state)).toBe(open.includes(kind));
  expect(isEndedUnordered(state)).toBe(unordered.includes(kind));
});
