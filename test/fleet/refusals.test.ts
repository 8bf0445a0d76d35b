import { describe, expect, it } from 'vitest';
import { documentedCodes, type FleetOperation, isRejectionCode } from '../../src/domain/failures/failure.ts';
import { calls, operations } from './support/calls.ts';
import { API_KEY, aFleet } from './support/fleet-client.ts';
import { json, text } from './support/fleet-server.ts';

/** The reference's own pages for the three operations that they give in full, number by number. */
const referencePages = {
  getCart: { 404: ['CART_NOT_FOUND'] },
  patchCart: {
    400: ['KEYBOARD_LAYOUT_REQUIRED', 'INVALID_PURCHASER', 'INVALID_USER', 'INVALID_ADDRESS'],
    403: ['INSUFFICIENT_SCOPE'],
    404: [
      'CART_NOT_FOUND',
      'COMPANY_NOT_FOUND',
      'DELIVERY_COUNTRY_NOT_FOUND',
      'PRODUCT_NOT_FOUND',
      'PRODUCT_PRICING_UNAVAILABLE',
    ],
    409: ['ORDER_NOT_CART'],
    500: ['INTERNAL_ERROR'],
  },
  validateCart: {
    400: ['PAYMENT_METHOD_REQUIRED', 'INVALID_PURCHASER', 'VALIDATE_CART_NO_DEVICES'],
    403: ['INSUFFICIENT_SCOPE'],
    404: ['COMPANY_NOT_FOUND', 'CART_NOT_FOUND'],
    409: ['ORDER_NOT_CART', 'ORDER_STATUS_TRANSITION_FORBIDDEN'],
    500: ['INTERNAL_ERROR'],
  },
} as const;

function expectedFailure(operation: FleetOperation, code: string, status: number) {
  if (code === 'INSUFFICIENT_SCOPE') return { operation, kind: 'insufficient_scope' };
  if (code === 'COMPANY_NOT_FOUND') return { operation, kind: 'company_not_found' };
  if (code === 'INTERNAL_ERROR') return { operation, kind: 'unavailable', status };
  return { operation, kind: 'rejected', code, status };
}

type Row = readonly [operation: FleetOperation, status: number, code: string];
const wholePages = ['getCart', 'patchCart', 'validateCart'] as const;
const fromPages: readonly Row[] = wholePages.flatMap((operation) =>
  Object.entries<readonly string[]>(referencePages[operation]).flatMap(([status, codes]) =>
    codes.map((code): Row => [operation, Number(status), code]),
  ),
);
const fromTable = operations.flatMap((operation) =>
  documentedCodes[operation].map((code) => [operation, code === 'INTERNAL_ERROR' ? 500 : 404, code] as const),
);

describe('every documented code is exactly one failure', () => {
  it.each(fromPages)('%s %i %s, as the reference page has it', async (operation, status, code) => {
    const { fleet, oddities } = await aFleet(json(status, { error: code }));

    const result = await calls[operation](fleet);

    expect(documentedCodes[operation]).toContain(code);
    expect(result).toEqual({ ok: false, failure: expectedFailure(operation, code, status) });
    expect(oddities).toEqual([]);
  });

  it.each(fromTable)('%s %i %s', async (operation, status, code) => {
    const { fleet, oddities } = await aFleet(json(status, { error: code }));

    const result = await calls[operation](fleet);

    expect(result).toEqual({ ok: false, failure: expectedFailure(operation, code, status) });
    expect(oddities).toEqual([]);
  });
});

describe('what means the same for every operation', () => {
  it.each(operations)('%s: a key without the scope, whatever the status', async (operation) => {
    for (const status of [400, 403, 404, 500]) {
      const { fleet } = await aFleet(json(status, { error: 'INSUFFICIENT_SCOPE' }));
      expect(await calls[operation](fleet)).toEqual({ ok: false, failure: { operation, kind: 'insufficient_scope' } });
    }
  });

  it.each([text(401, ''), text(401, '<html>'), json(401, { error: 'INVALID_USER' })])(
    'a wrong key, whatever its body',
    async (responder) => {
      const { fleet } = await aFleet(responder);
      expect(await calls.getCart(fleet)).toEqual({
        ok: false,
        failure: { operation: 'getCart', kind: 'unauthorized' },
      });
    },
  );

  it('a company that is gone', async () => {
    const { fleet } = await aFleet(json(404, { error: 'COMPANY_NOT_FOUND' }));
    expect(await calls.listUsers(fleet)).toEqual({
      ok: false,
      failure: { operation: 'listUsers', kind: 'company_not_found' },
    });
  });

  it.each([
    [500, 'INTERNAL_ERROR'],
    [400, 'INTERNAL_ERROR'],
    [503, 'try again later'],
    [500, 'CART_NOT_FOUND'],
  ])('%i with %s is Fleet being unavailable', async (status, error) => {
    const { fleet } = await aFleet(json(status, { error }));
    expect(await calls.patchCart(fleet)).toEqual({
      ok: false,
      failure: { operation: 'patchCart', kind: 'unavailable', status },
    });
  });

  it.each([text(502, '<html>Bad Gateway</html>'), text(503, ''), text(500, '{"err'), json(504, { message: 'late' })])(
    'a 5xx that says nothing is unavailable all the same',
    async (responder) => {
      const { fleet } = await aFleet(responder);
      expect(await calls.validateCart(fleet)).toMatchObject({ failure: { kind: 'unavailable' } });
    },
  );
});

describe('codes and words that are not in the table', () => {
  it('keeps a code that is documented for another operation only, and says so', async () => {
    const { fleet, oddities } = await aFleet(json(409, { error: 'CART_ALREADY_EXISTS' }));

    expect(await calls.getCart(fleet)).toEqual({
      ok: false,
      failure: { operation: 'getCart', kind: 'rejected', code: 'CART_ALREADY_EXISTS', status: 409 },
    });
    expect(oddities).toEqual([
      {
        message: 'Fleet sent a code that is not documented for this operation',
        fields: { operation: 'getCart', code: 'CART_ALREADY_EXISTS', status: 409 },
      },
    ]);
  });

  it.each([
    ['SOMETHING_NEW', 'SOMETHING_NEW'],
    ['cart_not_found', 'cart_not_found'],
    ['  order_items must\n\thold \u0000 1 item ', 'order_items must hold 1 item'],
    ['user anna.b+x@example.com is unknown', 'user [email] is unknown'],
    [`key ${API_KEY} and flt_sk_live_other`, 'key [key] and [key]'],
    ['x'.repeat(300), 'x'.repeat(300)],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
    [`${'x'.repeat(298)}👍👍`, `${'x'.repeat(298)}…`],
  ])('gives %j as words', async (error, words) => {
    const { fleet } = await aFleet(json(400, { error }));

    expect(await calls.validateCart(fleet)).toEqual({
      ok: false,
      failure: { operation: 'validateCart', kind: 'rejected_in_words', words, status: 400 },
    });
  });

  it('clips a megabyte without stalling', async () => {
    const { fleet } = await aFleet(json(400, { error: 'a'.repeat(1_000_000) }));
    const startedAt = performance.now();
    const result = await calls.validateCart(fleet);

    expect(result).toMatchObject({ failure: { kind: 'rejected_in_words' } });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('does not take the common codes for rejections', () => {
    for (const code of ['INSUFFICIENT_SCOPE', 'COMPANY_NOT_FOUND', 'INTERNAL_ERROR', 'toString']) {
      expect(isRejectionCode(code)).toBe(false);
    }
  });
});
