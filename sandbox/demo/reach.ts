import { connect } from 'node:net';

const WITHIN_MS = 3_000;

/** Without this check the app would wait for an unreachable Redis without saying so. */
export function canBeReached(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    socket.setTimeout(WITHIN_MS, () => socket.destroy(new Error(`${hostname}:${port} does not answer`)));
    socket.once('error', () => reject(new Error(`nothing answers at ${hostname}:${port}`)));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
