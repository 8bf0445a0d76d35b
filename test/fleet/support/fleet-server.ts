import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface FleetServer {
  readonly baseUrl: string;
  readonly requests: ReceivedRequest[];
  connections(): number;
}
/** Answers one request, whose body was read to the end. `nth` counts from 1. */
export type Responder = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

export async function startFleetServer(respond: Responder): Promise<FleetServer> {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      respond(response, request, requests.length);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/platform/v1`, requests, connections: () => connections };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Responder {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Responder {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** The first answer first, and the last one for everything after it. */
export function inTurn(...responders: [Responder, ...Responder[]]): Responder {
  return (response, request, nth) => {
    const responder = responders[Math.min(nth, responders.length) - 1] ?? responders[0];
    responder(response, request, nth);
  };
}

export const hang: Responder = () => undefined;
export const hangUp: Responder = (_, request) => {
  request.socket.resetAndDestroy();
};
