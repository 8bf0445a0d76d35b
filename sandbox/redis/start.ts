import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { createRedisMock } from 'js-redis-server';

export interface RunningRedis {
  readonly url: string;
  close(): Promise<void>;
}

/** A Redis inside this process, on loopback only and without persistence: for the demo, for development and for tests. */
export async function startRedis({ port: wanted = 0 } = {}): Promise<RunningRedis> {
  const server = await createRedisMock({ port: onLoopback(wanted) });
  const { port } = server.addresses()[0] ?? { port: server.port };
  // Its sockets wait for each other's acknowledgement, 40 ms for every second answer: a real Redis does not.
  const atOnce = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    if (socket.localPort === port) socket.setNoDelay(true);
  };
  subscribe('net.server.socket', atOnce);
  return {
    url: `redis://127.0.0.1:${port}`,
    close: () => {
      unsubscribe('net.server.socket', atOnce);
      return server.close();
    },
  };
}

/** The same as a Cluster; `url` names every master, with commas between. */
export async function startRedisCluster(masters: number): Promise<RunningRedis> {
  const server = await createRedisMock({ cluster: { masters } });
  const url = server
    .addresses()
    .map(({ port }) => `redis://127.0.0.1:${port}`)
    .join(',');
  return { url, close: () => server.close() };
}

/**
 * The package declares a bare port, and listens on every interface when given one. What it is given goes to
 * `net.Server.listen` as it is, which takes an object too.
 */
function onLoopback(port: number): number {
  const listen: unknown = { port, host: '127.0.0.1' };
  return listen as number;
}
