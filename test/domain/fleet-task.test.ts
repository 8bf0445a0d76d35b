import { expect, it } from 'vitest';
import { type FleetTaskState, isSettled, taskStatus } from '../../src/domain/fleet-task.ts';

const failure = { operation: 'createUser', kind: 'unreachable' } as const;
const states: readonly (readonly [FleetTaskState, ReturnType<typeof taskStatus>, boolean])[] = [
  [{ kind: 'waiting', looksFirst: false }, 'being_added', false],
  [{ kind: 'sent', since: 1, isUnclear: false, failure: null }, 'being_added', false],
  [{ kind: 'sent', since: 1, isUnclear: true, failure: null }, 'being_looked_for', false],
  [{ kind: 'added', fleetId: 71 }, 'added', true],
  [{ kind: 'exists', fleetId: 71 }, 'exists', true],
  [{ kind: 'not_allowed' }, 'refused', true],
  [{ kind: 'refused', failure, field: 'email' }, 'refused', true],
];

it.each(states)('%j is %s', (state, status, settled) => {
  expect(taskStatus(state)).toBe(status);
  expect(isSettled(state)).toBe(settled);
});
