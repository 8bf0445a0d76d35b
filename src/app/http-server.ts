import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';

export interface HttpRoutes {
  /** Commands, interactions, options and events. Null in Socket Mode. */
  readonly slackEvents: Answer | null;
  readonly health: () => object;
  /** What is not ready, in words. Empty: everything is. */
  readonly notReady: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

export interface RunningServer {
  readonly port: number;
  /** Equal to `port` unless the metrics have a port of their own. */
  readonly metricsPort: number;
  /** Says in `/readyz` that we are about to stop, and ends each connection after its next answer. */
  drain(): void;
  /** Accepts no new connections. Resolves when the last answer was sent, or after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

/** How long a client may take. Slack has no use for an answer this late. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 2_000 };
/** Slack keeps a few dozen connections open, and a balancer not many more. */
const MAX_CONNECTIONS = 1_000;

export async function startServer(
  routes: HttpRoutes,
  http: Config['http'],
  limits: Partial<typeof timeouts> = {},
): Promise<RunningServer> {
  let isDraining = false;
  // Node reads these when the server is created: set afterwards, its own minute and half-minute stay in force.
  const options = { ...timeouts, ...limits, keepAliveTimeout: http.keepAliveMs };
  const listen = async (answer: Answer, port: number): Promise<Server> => {
    const server = createServer(options, (request, response) => {
      if (isDraining) response.setHeader('connection', 'close');
      answer(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    server.maxConnections = MAX_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, http.host, resolve);
    });
    return server;
  };
  const notReady = async () => (isDraining ? ['The process is stopping'] : routes.notReady());
  const metrics = answerMetrics(routes.metrics);
  const isApart = http.metricsPort !== null;
  const server = await listen(answerWith({ ...routes, notReady }, isApart ? notFound : metrics), http.port);
  const other = http.metricsPort === null ? null : await listen(metrics, http.metricsPort);
  const portOf = (one: Server) => (one.address() as AddressInfo).port;
  return {
    port: portOf(server),
    metricsPort: portOf(other ?? server),
    drain: () => {
      isDraining = true;
    },
    close: async (withinMs) => {
      await Promise.all([server, ...(other === null ? [] : [other])].map((one) => close(one, withinMs)));
    },
  };
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const pathOf = (request: IncomingMessage) => (request.url ?? '/').split('?', 1)[0];
// Node sends no body after HEAD.
const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';

function answerWith({ slackEvents, health, notReady }: HttpRoutes, metrics: Answer): Answer {
  return async (request, response) => {
    const path = pathOf(request);
    if (path === '/slack/events' && request.method === 'POST' && slackEvents !== null) {
      return slackEvents(request, response);
    }
    if (path === '/healthz' && isRead(request)) return sendJson(response, 200, health());
    if (path === '/readyz' && isRead(request)) {
      const missing = await notReady();
      return sendJson(response, missing.length === 0 ? 200 : 503, { ready: missing.length === 0, missing });
    }
    return metrics(request, response);
  };
}

/** Nothing scrapes more often, and rendering them takes milliseconds of the one thread. */
const METRICS_MS = 1_000;

function answerMetrics(render: HttpRoutes['metrics']): Answer {
  let rendered: { readonly at: number; readonly text: ReturnType<HttpRoutes['metrics']> } | null = null;
  return async (request, response) => {
    if (pathOf(request) !== '/metrics' || !isRead(request)) return notFound(request, response);
    const at = performance.now();
    if (rendered === null || at - rendered.at > METRICS_MS) rendered = { at, text: render() };
    const { contentType, body } = await rendered.text;
    send(response, 200, contentType, body);
  };
}

const notFound: Answer = async (_request, response) => send(response, 404, 'text/plain', 'not found');

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
