import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server whose answers can be held back, to count how many of them something waits for in turn. */
export interface DelayedWay {
  readonly url: string;
  delayMs: number;
  close(): Promise<void>;
}

export async function delayedWayTo(target: string): Promise<DelayedWay> {
  const { hostname: host, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (from) => {
    const to = connect({ port: Number(port), host, noDelay: true });
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to);
    to.on('data', (data) => {
      if (way.delayMs === 0) from.write(data);
      else setTimeout(() => from.write(data), way.delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  const way: DelayedWay = {
    url: url.href,
    delayMs: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return way;
}
