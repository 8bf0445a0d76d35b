import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createFleetClient } from '../../src/fleet/client.ts';
import { exchange } from '../../src/fleet/http.ts';
import { answers, calls, operations } from './support/calls.ts';
import { API_KEY, aFleet, aFleetClient, NOW } from './support/fleet-client.ts';
import { hangUp, json, type Responder, text } from './support/fleet-server.ts';

const EMAIL = 'anna@example.com';
const STREET = 'Rue de Rivoli';

describe('nothing of ours or of theirs leaks', () => {
  const echo: Responder = (response, request, nth) => {
    const said = `${request.headers.authorization} ${EMAIL}`;
    json(400, { error: said })(response, request, nth);
  };
  const personal = { data: [{ email: EMAIL, address1: STREET, id: EMAIL }], key: API_KEY };
  it.each<[string, Responder]>([
    ['an echo of the header', echo],
    ['a list of another shape', json(200, personal)],
    ['people in a refusal', json(400, { error: { email: EMAIL, street: STREET, key: API_KEY } })],
    ['people in HTML', text(200, `<html>${EMAIL} ${STREET} ${API_KEY}`)],
    ['people in broken JSON', text(200, `{"${EMAIL}": "${STREET}", "${API_KEY}`)],
    ['a reset', hangUp],
  ])('%s', async (_, responder) => {
    for (const operation of operations) {
      const { fleet, ...observed } = await aFleet(responder);
      const { server: _requests, ...seen } = observed;
      const told = inspect([await calls[operation](fleet), fleet, seen], { depth: 9, showHidden: true });

      for (const secret of [API_KEY, EMAIL, STREET]) expect(told).not.toContain(secret);
    }
  });

  it('sends the key nowhere but to Fleet: a redirect is not followed', async () => {
    const elsewhere = await aFleet(json(200, answers.getCart.body));
    const { fleet } = await aFleet(text(307, '', { location: `${elsewhere.server.baseUrl}/carts/42` }));

    expect(await calls.getCart(fleet)).toMatchObject({ failure: { kind: 'unreadable', status: 307 } });
    expect(elsewhere.server.requests).toHaveLength(0);
  });
});

describe('hooks', () => {
  it('tell each attempt once', async () => {
    const { fleet, reports } = await aFleet(json(404, { error: 'CART_NOT_FOUND' }));
    await calls.getCart(fleet, 'background');

    expect(reports).toEqual([
      { operation: 'getCart', urgency: 'background', attempt: 1, kind: 'rejected', status: 404, durationMs: 0 },
    ]);
  });

  it('measure by the clock that is passed in', async () => {
    // Asked for, sent, answered.
    const ticks = [NOW - 5, NOW, NOW + 25];
    const { fleet, reports } = await aFleet(json(200, answers.getCart.body), { now: () => ticks.shift() ?? NOW });
    await calls.getCart(fleet);

    expect(reports[0]?.durationMs).toBe(25);
  });

  it('that fail do not turn an order into an error', async () => {
    const boom = () => {
      throw new Error('metrics');
    };
    const { fleet } = await aFleet(json(200, answers.validateCart.body), { onRequest: boom, onOddity: boom });
    expect((await calls.validateCart(fleet)).ok).toBe(true);
  });

  it('may be left out', async () => {
    const { server } = await aFleet(json(409, { error: 'CART_ALREADY_EXISTS' }));
    const budget = { take: async () => ({ ok: true as const }), pause: async () => undefined };
    const fleet = createFleetClient({
      baseUrl: server.baseUrl,
      apiKey: API_KEY,
      fetch: (await import('../../src/fleet/http.ts')).createKeepAliveFetch().fetch,
      ...{ sleep: async () => undefined, now: () => NOW, random: () => 0, budget },
    });
    expect((await calls.getCart(fleet)).ok).toBe(false);
  });
});

describe('the client itself', () => {
  it.each([
    'api.fleet.co',
    'ftp://api.fleet.co',
    'https://user:secret@api.fleet.co',
    'https://:secret@api.fleet.co',
    'https://api.fleet.co/?key=secret',
    'https://api.fleet.co/#secret',
    '',
  ])('refuses the address %j without repeating it', (baseUrl) => {
    expect(() => aFleetClient(baseUrl)).toThrow(/^The Fleet API address is not usable\.$/);
  });

  it.each(['', 'flt sk', 'flt_sk_\n', 'flt_sk_é'])('refuses the key %j without repeating it', (apiKey) => {
    expect(() => aFleetClient('https://api.fleet.co', { apiKey })).toThrow(/^The Fleet API key is not usable\.$/);
  });

  it('takes an address with a slash at its end', async () => {
    const { server } = await aFleet(json(200, answers.getCart.body));
    await calls.getCart(aFleetClient(`${server.baseUrl}//`).fleet);
    expect(server.requests[0]?.url).toBe('/platform/v1/carts/42');
  });
});

describe('any fetch that fits', () => {
  const limits = { timeoutMs: 1_000, maxAnswerBytes: 100 };
  async function* parts(...given: (string | Uint8Array)[]) {
    yield* given;
  }

  it('may give its body as text, in pieces', async () => {
    const eAcute = new TextEncoder().encode('é');
    const body = parts('"caf', eAcute.slice(0, 1), eAcute.slice(1), '"');
    const answer = await exchange(
      async () => ({ status: 200, headers: new Headers(), body }),
      'http://x',
      {
        method: 'GET',
        headers: {},
      },
      limits,
    );
    expect(answer).toMatchObject({ body: { kind: 'whole', text: '"café"' } });
  });

  it('may give none', async () => {
    const answer = await exchange(
      async () => ({ status: 204, headers: new Headers(), body: null }),
      'http://x',
      {
        method: 'GET',
        headers: {},
      },
      limits,
    );
    expect(answer).toMatchObject({ body: { kind: 'whole', text: '' } });
  });
});
