import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './delivery.ts';
import { answer, type Exchange } from './exchange.ts';
import type { JournalEntry, JournalWriter } from './journal.ts';
import { matchRoute } from './routes.ts';

const PREFIX = '/platform/v1';

export type RunningServer = { readonly url: string; close(): Promise<void> };

export async function listen(on: Exchange, journal: JournalWriter, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => {
    // A client that disconnects in the middle of its body is not an error.
    serve(on, journal, request, response).catch(() => response.destroy());
  });
  // Longer than any client's keep-alive, so that an idle connection never closes under a new request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${bound}${PREFIX}`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  on: Exchange,
  journal: JournalWriter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const begun = performance.now();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = url.pathname.startsWith(`${PREFIX}/`) ? url.pathname.slice(PREFIX.length) : `outside ${PREFIX}`;
  const method = request.method ?? 'GET';
  const matched = matchRoute(method, path);
  const entry: JournalEntry = {
    ...{ time: on.world.now(), method, route: matched?.route.template ?? path, path: url.pathname },
    ...{ operation: matched?.route.operation ?? null, key: on.keys.accessOf(request.headers.authorization).key },
    ...{ query: Object.fromEntries(url.searchParams), body: null, status: null, durationMs: null, faults: [] },
  };
  journal.open(entry);
  const rawBody = await readBody(request);
  const delivery = await answer(on, request, matched, rawBody, entry);
  if (delivery.kind === 'text') {
    entry.status = delivery.status;
    entry.durationMs = performance.now() - begun;
  }
  deliver(delivery, request, response);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function deliver(delivery: Delivery, request: IncomingMessage, response: ServerResponse): void {
  switch (delivery.kind) {
    case 'text':
      response.writeHead(delivery.status, { ...delivery.headers, 'Content-Length': Buffer.byteLength(delivery.text) });
      response.end(delivery.text);
      return;
    case 'half':
      response.writeHead(delivery.status, { 'Content-Type': 'application/json', 'Content-Length': 1_000_000 });
      response.write(delivery.text, () => {
        if (delivery.then === 'reset') request.socket.resetAndDestroy();
      });
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      return;
    default:
      delivery satisfies never;
  }
}
