import { describe, expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { asOf, sharedStatus } from '../../../src/views/status/shared-status.ts';
import { aRequest, SENT_AT, states } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const fleetOrderId = 42 as FleetOrderId;
const { total } = aRequest();

describe('what may be shared in a channel', () => {
  it('is a request, and what Fleet says of an order that is not ours; with the time where it is not kept current', () => {
    const item = { request: aRequest({ state: states.ordered }), standing: { kind: 'not_asked' } as const };
    const standing = { kind: 'order', clientStatus: 'ARCHIVED', orderNumber: null, deviceNames: [] } as const;
    const ours = sharedStatus({ kind: 'request', item });
    const foreign = sharedStatus({ kind: 'foreign', fleetOrderId, standing });

    expect(ours && wordsOfMessage(ours)[1]).toMatch(/^\*Ordered\*\n🔄 Being processed by Fleet\n/u);
    expect(foreign && wordsOfMessage(asOf(foreign, SENT_AT))).toEqual([
      '*Order 42*\n🗄️ Archived\n*Closed*',
      expect.stringMatching(/^As of <!date\^.*>; this copy is not updated\.$/u),
    ]);
  });

  it.each([
    { kind: 'own_cart', fleetOrderId, mode: 'LEASING', rows: [], total },
    { kind: 'not_found' },
    { kind: 'could_not_look' },
  ] as const)('is nothing of $kind', (status) => {
    expect(sharedStatus(status)).toBeNull();
  });
});
