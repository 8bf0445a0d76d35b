import { describe, expect, it } from 'vitest';
import { fingerprintText } from '../../src/domain/screens.ts';
import { aCartScreen } from '../views/a-cart-screen.ts';
import { aLine, euros, product } from './a-line.ts';

const difference = { missing: [], extra: [{ productId: product(131), name: 'Screen', count: 1 }], total: null };

describe('what was seen', () => {
  it('stays the same for what is sent as it stands in the fields, and for what was only said', () => {
    const other = {
      note: 'Hi',
      approver: 'U1' as never,
      approverName: 'X',
      news: 'Saved.',
      keptByFleet: difference.extra,
    };

    expect(fingerprintText(aCartScreen({ ...other, problem: { row: null, text: '!' } }))).toBe(
      fingerprintText(aCartScreen()),
    );
  });

  it.each([
    ['a device more', aCartScreen({}, [aLine(), aLine(), aLine()])],
    ['another price', aCartScreen({}, [aLine({ price: euros('1') })])],
    ['an unknown price', aCartScreen({}, [aLine({ price: null })])],
    ['another layout', aCartScreen({}, [aLine({ keyboardLayout: null })])],
    ['another mode', aCartScreen({ mode: 'BUY' })],
    ['another total', aCartScreen({ total: { fleet: euros('1'), ours: [], unpriced: 0 } })],
    ['no total', aCartScreen({ total: { fleet: null, ours: [], unpriced: 0 } })],
    ['a device found', aCartScreen({ found: difference.extra })],
    ['a difference', aCartScreen({ difference })],
    ['another difference', aCartScreen({ difference: { ...difference, extra: [], missing: difference.extra } })],
    ['a total that changed', aCartScreen({ difference: { missing: [], extra: [], total: { from: null, to: null } } })],
  ])('changes with %s', (_, screen) => {
    expect(fingerprintText(screen)).not.toBe(fingerprintText(aCartScreen()));
  });
});
