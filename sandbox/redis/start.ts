import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { createRedisMock } from 'js-redis-server';

export interface RunningRedis {
  readonly url: string;
  close(): Promise<void>;
}

/** A Redis inside this process, on loopback only and without persistence, for the demo, development and tests. */
export async function startRedis({ port: wanted = 0 } = {}): Promise<RunningRedis> {
  const server = await createRedisMock({ port: onLoopback(wanted) });
  const { port } = server.addresses()[0] ?? { port: server.port };
  // Without this, every second answer waits 40 ms for a TCP acknowledgement, which a real Redis does not do.
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

/** The same as a Redis Cluster; `url` lists every master, separated by commas. */
export async function startRedisCluster(masters: number): Promise<RunningRedis> {
  const server = await createRedisMock({ cluster: { masters } });
  const url = server
    .addresses()
    .map(({ port }) => `redis://127.0.0.1:${port}`)
    .join(',');
  return { url, close: () => server.close() };
}

/**
 * The package's types declare a bare port, and it listens on every interface when given one. It passes its argument
 * unchanged to `net.Server.listen`, which also takes an object.
 */
function onLoopback(port: number): number {
  const listen: unknown = { port, host: '127.0.0.1' };
  return listen as number;
}
