import { expect, it } from 'vitest';
import { FleetOrderId, parseFleetId } from '../../src/domain/ids.ts';

it.each([
  ['42', 42],
  ['9007199254740991', 9007199254740991],
  // It would be rounded to somebody else's.
  ['9007199254740993', null],
  ['0', null],
  ['042', null],
  ['-42', null],
  ['42 ', null],
  ['0x2a', null],
  ['', null],
])('“%s” is the Fleet id %s', (text, id) => {
  expect(parseFleetId(FleetOrderId, text)).toBe(id);
});
