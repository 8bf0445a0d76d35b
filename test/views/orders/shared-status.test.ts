import { describe, expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { draftReport } from '../../../src/domain/orders/reports.ts';
import type { StateInFleet } from '../../../src/domain/screens.ts';
import { asOf, sharedStatus } from '../../../src/views/orders/shared.ts';
import { aDraft, aSnapshot } from '../../domain/a-line.ts';
import { aRequest, SENT_AT, states } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const fleetOrderId = 42 as FleetOrderId;

describe('what may be shared in a channel', () => {
  it('is a request, and what Fleet says of an order that is not ours; with the time where it is not kept current', () => {
    const item = { request: aRequest({ state: states.ordered }), stateInFleet: { kind: 'not_asked' } as const };
    const stateInFleet = { kind: 'order', clientStatus: 'ARCHIVED', orderNumber: null, deviceNames: [] } as const;
    const ours = sharedStatus({ kind: 'request', item });
    const foreign = sharedStatus({ kind: 'foreign', fleetOrderId, whose: 'Anna Keller', stateInFleet });

    expect(ours && wordsOfMessage(ours)[1]).toMatch(/^\*Ordered\*\n🔄 Being processed by Fleet\n/u);
    expect(foreign && wordsOfMessage(asOf(foreign, SENT_AT))).toEqual([
      '*Order 42*',
      '🗄️ Archived',
      expect.stringMatching(/^As of <!date\^.*>; this copy isn't updated\.$/u),
    ]);
  });

  it.each([{ kind: 'not_found' }, { kind: 'could_not_look' }] as const)('is nothing of $kind', (status) => {
    expect(sharedStatus(status)).toBeNull();
  });

  it('is a cart that can be sent, without whose it is and what it costs, and nothing of an emptied one', () => {
    const whole = { kind: 'draft', fleetOrderId, whose: 'Anna Keller', lastRequest: null } as const;
    const stateInFleet = { kind: 'not_asked' } as const;
    const sent = sharedStatus({ ...whole, stateInFleet, draft: draftReport(aDraft()) });

    expect(sent && wordsOfMessage(sent)).toEqual(['*Cart 42*\nMacBook Pro 14 · France', '*Not sent for approval*']);
    const emptied = aDraft({ lines: [], standing: 'emptied', fleetHolds: aSnapshot([101]) });
    expect(sharedStatus({ ...whole, stateInFleet, draft: draftReport(emptied) })).toBeNull();
  });

  it.each<[StateInFleet, string]>([
    [
      { kind: 'order', clientStatus: 'SHIPPED', orderNumber: null, deviceNames: [] },
      '*Ordered in Fleet*\n🚚 Shipped\nReceived → Paperwork → Preparing → *On its way* → In use',
    ],
    // It may never have been ordered.
    [{ kind: 'order', clientStatus: 'ARCHIVED', orderNumber: null, deviceNames: [] }, '*Closed in Fleet*\n🗄️ Archived'],
    [{ kind: 'order', clientStatus: 'FAILED', orderNumber: null, deviceNames: [] }, '*Closed in Fleet*\n❌ Failed'],
    [{ kind: 'gone' }, '*Closed in Fleet*'],
  ])('says of a cart that moved on in Fleet what became of it: %j', (stateInFleet, said) => {
    const draft = draftReport(aDraft());
    const shared = sharedStatus({ kind: 'draft', fleetOrderId, whose: null, lastRequest: null, stateInFleet, draft });

    expect(shared && wordsOfMessage(shared)[1]).toBe(said);
  });
});
