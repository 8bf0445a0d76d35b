import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy between a client and its Redis that can be cut, stalled, silenced or made to lose Redis's answers. */
export async function startProxy(targetUrl: string) {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let mode: 'open' | 'cut' | 'stalled' | 'answers lost' = 'open';
  let silent = new WeakSet<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    }
    if (mode === 'cut') {
      client.destroy();
      upstream.destroy();
      return;
    }
    const passes = () => mode !== 'stalled' && !silent.has(client);
    client.on('data', (data) => passes() && upstream.write(data)).on('close', () => upstream.destroy());
    upstream
      .on('data', (data) => passes() && mode === 'open' && client.write(data))
      .on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    url: `redis://${target.username}${target.password ? `:${target.password}@` : ''}127.0.0.1:${port}`,
    cut: () => {
      mode = 'cut';
      dropAll();
    },
    stall: () => {
      mode = 'stalled';
    },
    /** The connections of now fall silent and stay open, as when a host loses power; new ones go through. */
    silence: () => {
      for (const socket of sockets) silent.add(socket);
    },
    loseAnswers: () => {
      mode = 'answers lost';
    },
    /** Open again; what was stalled or lost stays lost. */
    mend: () => {
      mode = 'open';
      silent = new WeakSet();
      dropAll();
    },
    close: async () => {
      dropAll();
      server.close();
      await once(server, 'close');
    },
  };
}
