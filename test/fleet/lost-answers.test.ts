import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { mayHaveHappened } from '../../src/domain/failures/failure.ts';
import type { FleetResult } from '../../src/fleet/fleet.ts';
import { answers, calls, isWrite, operations } from './support/calls.ts';
import { aFleet, aFleetClient } from './support/fleet-client.ts';
import { hang, hangUp, json, type Responder, text } from './support/fleet-server.ts';

const quick = { timeoutsMs: { read: 60, write: 60 } };

function failureOf(result: FleetResult<unknown>) {
  if (result.ok) throw new Error('It was not supposed to work.');
  return result.failure;
}

describe('no answer', () => {
  it.each(operations)('%s: the connection breaks after the request was sent', async (operation) => {
    const { fleet } = await aFleet(hangUp);

    const failure = failureOf(await calls[operation](fleet));

    expect(failure).toEqual({ operation, kind: 'no_answer', why: 'reset' });
    expect(mayHaveHappened(failure)).toBe(isWrite(operation));
  });

  it('breaks on a kept connection: it may have been sent', async () => {
    const { fleet, server } = await aFleet((response, request, nth) =>
      nth === 1 ? json(200, answers.getCart.body)(response, request, nth) : hangUp(response, request, nth),
    );
    await calls.getCart(fleet);
    const failure = failureOf(await calls.validateCart(fleet));

    expect(server.connections()).toBe(1);
    expect(failure).toMatchObject({ kind: 'no_answer', why: 'reset' });
  });

  it.each(['getCart', 'validateCart'] as const)('%s: the answer does not come in time', async (operation) => {
    const { fleet } = await aFleet(hang, quick);
    expect(failureOf(await calls[operation](fleet))).toEqual({ operation, kind: 'no_answer', why: 'timeout' });
  });

  it('reads and writes have their own patience', async () => {
    const late: Responder = (response, request, nth) => {
      setTimeout(() => json(200, answers.validateCart.body)(response, request, nth), 120);
    };
    const { fleet } = await aFleet(late, { timeoutsMs: { read: 40, write: 5_000 } });

    expect(failureOf(await calls.getCart(fleet))).toMatchObject({ why: 'timeout' });
    expect((await calls.validateCart(fleet)).ok).toBe(true);
  });

  it("counts the body's time too", async () => {
    const slowBody: Responder = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":');
    };
    const { fleet } = await aFleet(slowBody, quick);

    expect(failureOf(await calls.validateCart(fleet))).toMatchObject({ kind: 'no_answer', why: 'timeout' });
  });

  it.each<[string, Record<string, string>]>([
    ['a length that is not kept', { 'content-length': '1000' }],
    ['chunks without an end', { 'transfer-encoding': 'chunked' }],
  ])('breaks in the middle of the body: %s', async (_, headers) => {
    const half: Responder = (response, request) => {
      response.writeHead(200, headers);
      response.write('{"data":', () => request.socket.resetAndDestroy());
    };
    const { fleet } = await aFleet(half);

    expect(failureOf(await calls.createCart(fleet))).toMatchObject({ kind: 'no_answer', why: 'reset' });
  });

  it.each([
    [500, 'unavailable', true],
    [409, 'no_answer', true],
    [429, 'rate_limited', false],
    [401, 'unauthorized', false],
  ])('%i whose body is lost is %s', async (status, kind, mayHave) => {
    const half: Responder = (response, request) => {
      response.writeHead(status, { 'content-length': '1000', 'retry-after': '30' });
      response.write('{"er', () => request.socket.resetAndDestroy());
    };
    const { fleet } = await aFleet(half);
    const failure = failureOf(await calls.validateCart(fleet));

    expect(failure.kind).toBe(kind);
    expect(mayHaveHappened(failure)).toBe(mayHave);
  });

  it('what is not HTTP at all may have been carried out', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { fleet } = aFleetClient(`http://127.0.0.1:${port}`);

    expect(failureOf(await calls.validateCart(fleet))).toMatchObject({ kind: 'no_answer', why: 'reset' });
    server.close();
  });
});

describe('a status that says that somebody gave up waiting for Fleet', () => {
  it.each([408, 425, 499])('%i is no answer, whatever it says', async (status) => {
    for (const responder of [
      json(status, { error: 'Request Timeout' }),
      json(status, { error: 'ORDER_NOT_CART' }),
      text(status, '<html>'),
    ]) {
      const { fleet } = await aFleet(responder);
      const failure = failureOf(await calls.validateCart(fleet));

      expect(failure).toEqual({ operation: 'validateCart', kind: 'no_answer', why: 'timeout' });
      expect(mayHaveHappened(failure)).toBe(true);
    }
  });
});

describe('nothing was sent', () => {
  it.each(operations)('%s: nobody listens there', async (operation) => {
    const { fleet } = aFleetClient('http://127.0.0.1:1/platform/v1');
    const failure = failureOf(await calls[operation](fleet));

    expect(failure).toEqual({ operation, kind: 'unreachable' });
    expect(mayHaveHappened(failure)).toBe(false);
  });

  it('no such host', async () => {
    const { fleet } = aFleetClient('http://fleet.invalid/platform/v1');
    expect(failureOf(await calls.createCart(fleet))).toEqual({ operation: 'createCart', kind: 'unreachable' });
  });
});

describe('an answer that cannot be read', () => {
  it.each<[string, Responder, object]>([
    ['HTML', text(200, '\n<!doctype html><p>Maintenance', { 'content-type': 'text/html' }), { issue: 'HTML' }],
    ['broken JSON', text(200, '{"data": {'), { issue: 'not JSON' }],
    ['no body', text(204, ''), { issue: 'empty', status: 204 }],
    ['blanks', text(200, ' \n'), { issue: 'empty' }],
    ['a redirect', text(302, '', { location: 'https://evil.example/' }), { issue: 'redirect', status: 302 }],
    ['a redirect to nowhere', text(307, '{}', { location: 'http://' }), { issue: 'redirect', status: 307 }],
    ['a refusal in HTML', text(403, '<html>Blocked'), { issue: 'HTML', status: 403 }],
    ['a refusal without words', json(400, { error: ' ' }), { issue: 'error: missing', status: 400 }],
    ['a refusal of another shape', json(422, { message: 'no' }), { issue: 'error: missing', status: 422 }],
  ])('%s', async (_, responder, expected) => {
    const { fleet, server } = await aFleet(responder);

    expect(failureOf(await calls.validateCart(fleet))).toEqual({
      operation: 'validateCart',
      kind: 'unreadable',
      status: 200,
      ...expected,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('stops reading past two megabytes and lets go of the connection', async () => {
    let closed = false;
    let written = 0;
    const flood: Responder = (response, request) => {
      request.socket.once('close', () => {
        closed = true;
      });
      response.writeHead(200);
      const pour = () => {
        while (written < 10_000_000 && !response.destroyed && response.write(Buffer.alloc(65_536, 32)))
          written += 65_536;
        if (written < 10_000_000 && !response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    const { fleet } = await aFleet(flood);

    expect(failureOf(await calls.getCart(fleet))).toMatchObject({ kind: 'unreadable', issue: 'too large' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(true);
    expect(written).toBeLessThan(10_000_000);
  });

  it('takes an answer of exactly the limit', async () => {
    const body = JSON.stringify(answers.getCart.body);
    const { fleet } = await aFleet(text(200, body), { maxAnswerBytes: body.length });
    expect((await calls.getCart(fleet)).ok).toBe(true);

    const { fleet: smaller } = await aFleet(text(200, body), { maxAnswerBytes: body.length - 1 });
    expect(failureOf(await calls.getCart(smaller))).toMatchObject({ issue: 'too large' });
  });

  it('survives its own time-out after letting go of an answer', async () => {
    const { fleet } = await aFleet(text(200, 'x'.repeat(500)), { ...quick, maxAnswerBytes: 10 });
    await calls.getCart(fleet);
    // The late abort meets a body that nobody reads any more; unheard, its 'error' would end the process.
    await new Promise((resolve) => setTimeout(resolve, 120));
  });
});
