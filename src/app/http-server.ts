import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRoutes {
  /** Bolt's receiver: commands, interactions, options and events. Null in Socket Mode. */
  readonly slackEvents: RequestListener | null;
  readonly health: () => object;
  /** What is not ready, in words. Empty: everything is. */
  readonly notReady: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly now: () => number;
}

export interface RunningServer {
  readonly port: number;
  /** Accepts no new connections. Resolves when the last answer was sent, or after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

const SKEW_SECONDS = 5 * 60;

export async function startServer(routes: HttpRoutes, port: number, host: string): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // Slack keeps connections open, and has no use for a response this late.
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: (withinMs) => close(server, withinMs) };
}

async function answer(routes: HttpRoutes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (path === '/slack/events' && request.method === 'POST' && routes.slackEvents !== null) {
    // Bolt refuses old timestamps but accepts any from the future, which would stay valid for too long.
    if (isFromTheFuture(request, routes.now())) return send(response, 401, 'text/plain', '');
    routes.slackEvents(request, response);
    return;
  }
  if (request.method !== 'GET') return send(response, 404, 'text/plain', 'not found');
  if (path === '/healthz') return sendJson(response, 200, routes.health());
  if (path === '/readyz') {
    const missing = await routes.notReady();
    return sendJson(response, missing.length === 0 ? 200 : 503, { ready: missing.length === 0, missing });
  }
  if (path === '/metrics') {
    const { contentType, body } = await routes.metrics();
    return send(response, 200, contentType, body);
  }
  return send(response, 404, 'text/plain', 'not found');
}

function isFromTheFuture(request: IncomingMessage, now: number): boolean {
  const seconds = Number(request.headers['x-slack-request-timestamp']);
  return Number.isFinite(seconds) && seconds - now / 1000 > SKEW_SECONDS;
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

async function close(server: Server, withinMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), withinMs);
    // A connection that was busy when we began to close becomes idle, and the client keeps it open.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
