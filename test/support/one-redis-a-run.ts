import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';

/**
 * Before any test file: where a `redis-server` is on the PATH, one for the whole run, on loopback and without
 * persistence. `REDIS_URL` wins over it; without either, or with `EMBEDDED_REDIS=1`, each worker embeds its own.
 */
export default async function startRedisServer(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.REDIS_URL !== undefined || process.env.EMBEDDED_REDIS !== undefined) return undefined;
  if (spawnSync('redis-server', ['--version']).error !== undefined) return undefined;
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  // The shell ends the server when its stdin closes, which it also does when this process is killed.
  const script = 'trap "" INT TERM HUP; redis-server "$@" & cat > /dev/null; kill -KILL $!';
  const shell = spawn('sh', ['-c', script, 'sh', ...settings], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(shell, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  await answers(url);
  // Workers are forked from this process and see its environment.
  process.env.REDIS_URL = url;
  return async () => {
    delete process.env.REDIS_URL;
    shell.stdin.end();
    await ended;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 10, maxRetriesPerRequest: 500, replyMapping: 'legacy' });
  redis.on('error', () => undefined);
  await redis.ping().finally(() => redis.disconnect());
}
