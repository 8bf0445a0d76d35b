import { describe, expect, it } from 'vitest';
import { createFleet, wrapFleet } from '../../src/fleet/fleet.ts';

const silent = createFleet(async (operation) => ({ ok: false, failure: { operation, kind: 'unreachable' } }));

describe('the table of operations', () => {
  it('lets something be done around each request, which knows the operation and who waits', async () => {
    const seen: string[] = [];
    const fleet = wrapFleet(silent, async (operation, ask, urgency) => {
      seen.push(`${operation} ${urgency}`);
      return ask();
    });

    await fleet.listOrders({}, 'background');
    const answer = await fleet.listUsers({ limit: 1 }, 'refresh');

    expect(seen).toEqual(['listOrders background', 'listUsers refresh']);
    expect(answer).toEqual({ ok: false, failure: { operation: 'listUsers', kind: 'unreachable' } });
  });

  it('passes on an error that is not about what was to be sent', async () => {
    const broken = {
      get limit(): number {
        throw new TypeError('a bug');
      },
    };

    await expect(silent.listOrders(broken, 'person')).rejects.toThrow(new TypeError('a bug'));
  });
});
