import { describe, expect, it } from 'vitest';
import { answers, calls, isWrite, operations, writes } from './support/calls.ts';
import { aFleet, aFleetClient, NOW } from './support/fleet-client.ts';
import { hang, hangUp, inTurn, json, type Responder, text } from './support/fleet-server.ts';

const good = (operation: keyof typeof answers) => json(answers[operation].status, answers[operation].body);
const busy = (headers: Record<string, string> = {}) => json(429, { error: 'Too many requests' }, headers);
const reads = operations.filter((operation) => !isWrite(operation));

describe('reads', () => {
  it.each(reads)('%s is asked again until it is answered', async (operation) => {
    const { fleet, server, sleeps, reports } = await aFleet(inTurn(text(503, ''), hangUp, good(operation)));

    expect((await calls[operation](fleet)).ok).toBe(true);
    expect(server.requests).toHaveLength(3);
    expect(sleeps).toEqual([150, 300]);
    expect(reports.map(({ attempt, kind, status }) => [attempt, kind, status])).toEqual([
      [1, 'unavailable', 503],
      [2, 'no_answer', null],
      [3, 'ok', answers[operation].status],
    ]);
  });

  it('give up after the third time', async () => {
    const { fleet, server } = await aFleet(text(502, '<html>'));

    expect(await calls.getCart(fleet)).toMatchObject({ failure: { kind: 'unavailable', status: 502 } });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['a page of HTML', text(200, '<html>')],
    ['a redirect', text(302, '')],
    ['another shape', json(200, [])],
  ])('%s may be gone the next time', async (_, responder) => {
    const { fleet, server } = await aFleet(inTurn(responder, good('getCart')));

    expect((await calls.getCart(fleet)).ok).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  it('are not repeated when Fleet said no, in words that can be read or not', async () => {
    for (const responder of [json(404, { error: 'CART_NOT_FOUND' }), text(403, '<html>'), text(401, '')]) {
      const { fleet, server, sleeps } = await aFleet(responder);
      await calls.getCart(fleet);
      expect([server.requests.length, sleeps]).toEqual([1, []]);
    }
  });
});

describe('writes', () => {
  it.each(writes)(
    '%s is not sent after the process stood still: others have drawn their conclusions',
    async (write) => {
      let now = NOW;
      const standsStill = async () => {
        now += 8_000;
        return { ok: true } as const;
      };
      const { fleet, server } = await aFleet(good(write), {
        now: () => now,
        budget: { take: standsStill, pause: async () => undefined },
      });

      expect(await calls[write](fleet)).toMatchObject({ failure: { kind: 'rate_limited' } });
      expect(server.requests).toEqual([]);
    },
  );

  const unclear: [string, Responder][] = [
    ['a 500', json(500, { error: 'INTERNAL_ERROR' })],
    ['a 503', text(503, '', { 'retry-after': '1' })],
    ['a reset', hangUp],
    ['silence', hang],
    ['HTML', text(200, '<html>')],
    ['a wrong shape', json(200, {})],
  ];
  it.each(writes.flatMap((write) => unclear.map(([name, responder]) => [write, name, responder] as const)))(
    '%s is asked once after %s',
    async (operation, _, responder) => {
      const { fleet, server, sleeps } = await aFleet(responder, { timeoutsMs: { read: 400, write: 400 } });

      expect((await calls[operation](fleet, 'background')).ok).toBe(false);
      expect(server.requests).toHaveLength(1);
      expect(sleeps).toEqual([]);
    },
  );

  it.each(writes)('%s is not even repeated when nobody listens', async (operation) => {
    const { fleet, reports } = aFleetClient('http://127.0.0.1:1');
    await calls[operation](fleet);
    expect(reports).toHaveLength(1);
  });
});

describe('429', () => {
  it.each(operations)('%s goes again after the wait: nothing had happened', async (operation) => {
    const { fleet, server, steps, sleeps, pauses } = await aFleet(
      inTurn(busy({ 'retry-after': '2' }), good(operation)),
    );

    expect((await calls[operation](fleet)).ok).toBe(true);
    expect(server.requests).toHaveLength(2);
    expect([sleeps, pauses]).toEqual([[2_000], [2_000]]);
    expect(steps).toEqual(['take', 'fetch', 'pause', 'sleep', 'take', 'fetch']);
  });

  it.each([
    ['seconds', { 'retry-after': '2' }, 2_000],
    ['a date', { 'retry-after': new Date(NOW + 2_000).toUTCString() }, 2_000],
    ['epoch seconds', { 'x-ratelimit-reset': String(NOW / 1_000 + 2) }, 2_000],
    ['RateLimit-Reset', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '2' }, 2_000],
  ])('tells the wait in %s', async (_, headers, waitMs) => {
    const { fleet, sleeps } = await aFleet(inTurn(busy(headers), good('getCart')));
    await calls.getCart(fleet);
    expect(sleeps).toEqual([waitMs]);
  });

  it.each([
    ['person', 3, false],
    ['background', 60, true],
    ['background', 61, false],
    ['refresh', 150, true],
    ['refresh', 151, false],
  ] as const)('%s, asked to wait %i s: waits is %s', async (urgency, seconds, waits) => {
    const { fleet, pauses, sleeps } = await aFleet(inTurn(busy({ 'retry-after': `${seconds}` }), good('validateCart')));

    const result = await calls.validateCart(fleet, urgency);

    expect(result.ok).toBe(waits);
    expect(sleeps).toEqual(waits ? [seconds * 1_000] : []);
    expect(pauses).toEqual([seconds * 1_000]);
    if (!waits) {
      expect(result).toEqual({
        ok: false,
        failure: { operation: 'validateCart', kind: 'rate_limited', retryAfterMs: seconds * 1_000 },
      });
    }
  });

  it('does not wait for ever, one short wait after another', async () => {
    const { fleet, server, sleeps } = await aFleet(busy({ 'retry-after': '1' }));

    expect(await calls.getCart(fleet)).toMatchObject({ failure: { kind: 'rate_limited', retryAfterMs: 1_000 } });
    expect([server.requests.length, sleeps]).toEqual([3, [1_000, 1_000]]);

    const patient = await aFleet(busy({ 'retry-after': '0' }));
    await calls.getCart(patient.fleet, 'background');
    expect(patient.server.requests).toHaveLength(5);
  });
});

describe('the budget', () => {
  it('is asked before each attempt, by urgency', async () => {
    const { fleet, taken, steps } = await aFleet(inTurn(text(503, ''), good('getCart')));
    await calls.getCart(fleet, 'refresh');

    expect(taken).toEqual(['refresh', 'refresh']);
    expect(steps).toEqual(['take', 'fetch', 'sleep', 'take', 'fetch']);
  });

  it('is waited for within the bound', async () => {
    const grants = [
      { ok: false as const, retryAfterMs: 1_500 },
      { ok: false as const, retryAfterMs: 0 },
    ];
    const { fleet, sleeps, steps } = await aFleet(good('validateCart'), { grants });

    expect((await calls.validateCart(fleet)).ok).toBe(true);
    expect(sleeps).toEqual([1_500, 250]);
    expect(steps).toEqual(['take', 'sleep', 'take', 'sleep', 'take', 'fetch']);
  });

  it('refuses beyond the bound, and Fleet is not asked', async () => {
    const grants = [
      { ok: false as const, retryAfterMs: 2_000 },
      { ok: false as const, retryAfterMs: 501 },
    ];
    const { fleet, server, sleeps, reports } = await aFleet(good('validateCart'), { grants });

    expect(await calls.validateCart(fleet)).toEqual({
      ok: false,
      failure: { operation: 'validateCart', kind: 'rate_limited', retryAfterMs: 501 },
    });
    expect([server.requests, sleeps, reports]).toEqual([[], [2_000], []]);
  });

  it('shares its bound with the waits that Fleet asks for', async () => {
    const grants = [{ ok: false as const, retryAfterMs: 2_000 }];
    const { fleet, sleeps } = await aFleet(busy({ 'retry-after': '1' }), { grants });

    expect(await calls.validateCart(fleet)).toMatchObject({ failure: { kind: 'rate_limited', retryAfterMs: 1_000 } });
    expect(sleeps).toEqual([2_000]);
  });

  it('is paused by an answer that used up the minute, and the answer counts', async () => {
    const headers = { 'RateLimit-Limit': '100', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '40' };
    const { fleet, pauses } = await aFleet(json(200, answers.validateCart.body, headers));

    expect((await calls.validateCart(fleet)).ok).toBe(true);
    expect(pauses).toEqual([40_000]);
  });

  it('that cannot be paused does not cost the answer', async () => {
    const { fleet, oddities } = await aFleet(json(200, answers.validateCart.body, { 'ratelimit-remaining': '0' }), {
      budget: { take: async () => ({ ok: true }), pause: () => Promise.reject(new Error('Redis is down')) },
    });

    expect((await calls.validateCart(fleet)).ok).toBe(true);
    expect(oddities).toEqual([
      {
        message: 'The pause that Fleet asked for could not be recorded',
        fields: { operation: 'validateCart', pauseMs: 10_000 },
      },
    ]);
  });

  it('that cannot be asked stops the call before anything is sent', async () => {
    const { fleet, server } = await aFleet(good('validateCart'), {
      budget: { take: () => Promise.reject(new Error('Redis is down')), pause: async () => undefined },
    });

    await expect(calls.validateCart(fleet)).rejects.toThrow('Redis is down');
    expect(server.requests).toHaveLength(0);
  });
});
