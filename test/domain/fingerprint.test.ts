import { describe, expect, it } from 'vitest';
import type { FleetUserId } from '../../src/domain/ids.ts';
import { canonicalText } from '../../src/domain/request/request.ts';
import { aLine, euros, product } from './a-line.ts';

const signed = {
  purchaserId: 11 as FleetUserId,
  mode: 'LEASING',
  lines: [aLine(), aLine({ productId: product(131), keyboardLayout: null, fleetUserId: null })],
  total: { fleet: euros('74.80'), ours: [euros('74.8')], unpriced: 0 },
} as const;

describe('what is signed, as text', () => {
  it('is what cards of this release carry for ever', () => {
    expect(canonicalText(signed)).toBe(
      '["v1",11,"LEASING",["[101,\\"FR\\",\\"FRENCH_AZERTY\\",11,null]","[131,\\"FR\\",null,null,null]"],"EUR 74.8",["EUR 74.8"],0]',
    );
  });

  it('stays the same for what has no meaning', () => {
    const reordered = { ...signed, lines: signed.lines.toReversed() };
    const renamed = { ...signed, lines: signed.lines.map((line) => ({ ...line, productName: 'Renamed' })) };
    const otherwise = { ...signed, total: { unpriced: 0, ours: [euros('74.80')], fleet: euros('74.8') } };

    for (const same of [reordered, renamed, otherwise]) expect(canonicalText(same)).toBe(canonicalText(signed));
  });

  it.each([
    ['purchaser', { ...signed, purchaserId: 12 as FleetUserId }],
    ['mode', { ...signed, mode: 'BUY' as const }],
    ['number of devices', { ...signed, lines: [...signed.lines, aLine()] }],
    ['layout', { ...signed, lines: [aLine({ keyboardLayout: 'GERMAN_QWERTZ' }), ...signed.lines.slice(1)] }],
    ['total', { ...signed, total: { ...signed.total, fleet: euros('74.81') } }],
    ['total that is gone', { ...signed, total: { ...signed.total, fleet: null } }],
    ['total that is no decimal', { ...signed, total: { ...signed.total, fleet: euros('?') } }],
    ['unpriced line', { ...signed, total: { ...signed.total, unpriced: 1 } }],
  ])('changes with the %s', (_, other) => {
    expect(canonicalText(other)).not.toBe(canonicalText(signed));
  });
});
