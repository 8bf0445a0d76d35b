import { describe, expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { type CartFilter, type ListedCart, pageOf } from '../../../src/domain/screens.ts';
import { cartListMessage, fleetNotAskedText, listedText } from '../../../src/views/orders/list.ts';
import { aRequest, states } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const MINUTE = 60_000;
const now = 100 * MINUTE;
const cart: ListedCart = {
  ...{ fleetOrderId: 42 as FleetOrderId, who: 'Anna Keller', mode: 'LEASING', since: now - 5 * MINUTE },
  products: [{ name: 'MacBook Pro 14', count: 2 }],
  total: aRequest().total,
  cartState: { kind: 'draft' },
  stuck: null,
};

describe('one row of the list of carts', () => {
  it('says whose cart it is, what is in it, where it stands and since when', () => {
    expect(listedText(cart, now)).toEqual({
      number: '42',
      who: 'Anna Keller',
      what: 'MacBook Pro 14 × 2',
      total: '€109.80/month',
      state: 'Draft',
      since: '5 minutes',
    });
  });

  it('says of what is not known that it is not known', () => {
    const unknown: ListedCart = {
      ...cart,
      ...{ fleetOrderId: null, who: null, mode: null, since: null, products: [{ name: null, count: 1 }] },
      total: { fleet: null, ours: [], unpriced: 1 },
    };

    expect(listedText(unknown, now)).toMatchObject({
      number: '–',
      who: 'unknown',
      what: 'unnamed device',
      total: 'price unknown',
      since: 'unknown',
    });
    expect(listedText({ ...cart, products: [] }, now).what).toBe('empty');
  });

  it.each([
    [{ kind: 'kept', ended: null }, 'Emptied, kept in Fleet as an unordered draft'],
    [{ kind: 'kept', ended: 'changes_requested' }, 'Emptied, kept in Fleet as an unordered draft'],
    [{ kind: 'kept', ended: 'expired' }, 'Expired without a decision, kept in Fleet as an unordered draft'],
    [{ kind: 'kept', ended: 'declined' }, 'Declined, kept in Fleet as an unordered draft'],
    [{ kind: 'in_fleet' }, 'Cart started in Fleet'],
    [{ kind: 'request', request: aRequest() }, 'Waiting for Clara Rossi'],
    [
      { kind: 'request', request: aRequest({ state: states.validating }) },
      'Clara Rossi pressed Approve, sending to Fleet',
    ],
  ] as const)('says where it stands: %#', (cartState, said) => {
    expect(listedText({ ...cart, cartState }, now).state).toBe(said);
    expect(listedText({ ...cart, cartState, stuck: 'overdue' }, now).state).toBe(`${said} – past its deadline`);
  });
});

it('names the other lists below the first one', () => {
  const list = { ...pageOf([cart], 0, 15), filter: 'open', isWhole: true, now } as const;

  expect(wordsOfMessage(cartListMessage(list, () => 'signed').table).at(-1)).toBe(
    'Add a number to `/fleet status` to see one in full. More lists: `/fleet carts pending`, `stuck`, `all`.',
  );
});

describe("the list while Fleet can't be asked", () => {
  const shows = (rows: readonly ListedCart[], filter: CartFilter, isWhole: boolean) =>
    wordsOfMessage(cartListMessage({ ...pageOf(rows, 0, 15), filter, isWhole, now }, () => 'signed').plain);

  it('does not claim that Fleet keeps nothing', () => {
    expect(shows([], 'all', false)).toEqual([
      `No open carts or requests. For orders, try \`/fleet status @person\`. ${fleetNotAskedText}`,
    ]);
    expect(shows([], 'all', true).join()).toContain('here or in Fleet');
  });

  it('says so below the rows', () => {
    expect(shows([cart], 'all', false).at(-1)).toBe(
      `Add a number to \`/fleet status\` to see one in full. ${fleetNotAskedText}`,
    );
    expect(shows([cart], 'all', true).at(-1)).toBe('Add a number to `/fleet status` to see one in full.');
  });
});
