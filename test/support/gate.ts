import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be shut, and that can hold its answers back. */
export interface Gate {
  readonly url: string;
  /** How long each answer is held back. */
  delayMs: number;
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function startGate(to: string): Promise<Gate> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  const open = async (): Promise<void> => {
    const listening = createServer({ noDelay: true }, (from) => {
      const to = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
      for (const socket of [from, to]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          from.destroy();
          to.destroy();
        });
      }
      from.pipe(to).on('data', (data) => {
        if (gate.delayMs === 0) from.write(data);
        else setTimeout(() => from.write(data), gate.delayMs);
      });
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    port = (listening.address() as AddressInfo).port;
    server = listening;
  };
  const shut = async (): Promise<void> => {
    const listening = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    if (listening !== null) await new Promise<void>((resolve) => listening.close(() => resolve()));
  };
  await open();
  const url = new URL(to);
  url.port = String(port);
  const gate: Gate = { url: url.href, delayMs: 0, shut, open, close: shut };
  return gate;
}
