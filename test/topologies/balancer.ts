import { Agent, createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A balancer that keeps its connections to the app, goes by `/readyz`, and never sends a POST again that it has sent. */
export interface Balancer {
  readonly url: string;
  /** Requests that were answered with a 502, because the app closed the connection under them. */
  readonly broken: () => number;
  readonly connections: () => number;
}

const HEALTH_EVERY_MS = 200;

export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const healthy = new Set(ports);
  const counts = { broken: 0, connections: 0, next: 0 };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const among = ports.filter((port) => healthy.has(port));
      counts.next += 1;
      const port = among[counts.next % among.length] ?? 0;
      // How the client keeps its connection is not the app's affair.
      const {
        method,
        url,
        headers: { connection: _, ...headers },
      } = incoming;
      const upstream = sendRequest({ ...{ agent, port, host: '127.0.0.1', method, path: url }, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      upstream.on('socket', (socket) => {
        if (socket.connecting) counts.connections += 1;
      });
      upstream.on('error', () => {
        counts.broken += 1;
        outgoing.writeHead(502).end();
      });
      upstream.end(Buffer.concat(chunks));
    });
  });
  const look = async (port: number): Promise<void> => {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) healthy.add(port);
    else healthy.delete(port);
  };
  const looking = setInterval(() => void Promise.all(ports.map(look)), HEALTH_EVERY_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    clearInterval(looking);
    agent.destroy();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: () => counts.broken,
    connections: () => counts.connections,
  };
}
