import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { until } from '../support/world.ts';

/** A real `redis-server` on loopback, with a directory of its own; ended with its test. */
export interface Server {
  readonly port: number;
  readonly url: string;
  /** One command on a connection of its own. */
  ask(...command: string[]): Promise<unknown>;
  /** It stands still with its connections open, as a host that hangs does (SIGSTOP), until `resume`. */
  pause(): void;
  resume(): void;
  /** SIGKILL: what is not on disk is lost. */
  kill(): Promise<void>;
  /** The same server again, with what is in its directory. */
  start(): Promise<void>;
}

export async function startServer(...settings: string[]): Promise<Server> {
  if (spawnSync('redis-server', ['--version']).error !== undefined)
    throw new Error('npm run test:topologies needs redis-server on the PATH: apt-get install redis-server');
  const dir = mkdtempSync(join(tmpdir(), 'fleet-topologies-'));
  const port = await freePort();
  const base = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--logfile', join(dir, 'log'), '--save', ''];
  let running = await spawnServer([...configOf(dir, settings), ...base, ...withoutConfig(settings)]);
  const server: Server = {
    port,
    url: `redis://127.0.0.1:${port}`,
    ask: (...command) => ask(port, command),
    pause: () => void process.kill(running.pid, 'SIGSTOP'),
    resume: () => void process.kill(running.pid, 'SIGCONT'),
    kill: () => running.end(),
    start: async () => {
      running = await spawnServer([...configOf(dir, settings), ...base, ...withoutConfig(settings)]);
      await answers(server);
    },
  };
  // Also one that stands still.
  onTestFinished(async () => {
    await running.end();
    rmSync(dir, { recursive: true, force: true });
  });
  await answers(server);
  return server;
}

/** The shell ends the server when its stdin closes, which it also does when this process is killed. */
async function spawnServer(args: readonly string[]) {
  const script = 'trap "" INT TERM HUP; redis-server "$@" & echo $!; cat > /dev/null; kill -KILL $!';
  const shell = spawn('sh', ['-c', script, 'sh', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(shell, 'exit');
  const [line] = (await once(createInterface(shell.stdout), 'line')) as [string];
  return {
    pid: Number(line),
    end: async () => {
      shell.stdin.end();
      await ended;
    },
  };
}

/** A sentinel keeps its state in its configuration file, so that it must have one. */
const isSentinel = (settings: readonly string[]) => settings[0] === '--sentinel';

function configOf(dir: string, settings: readonly string[]): readonly string[] {
  if (!isSentinel(settings)) return [];
  const file = join(dir, 'sentinel.conf');
  writeFileSync(file, '');
  for (const line of settings.slice(1)) appendFileSync(file, `${line}\n`);
  return [file, '--sentinel'];
}

const withoutConfig = (settings: readonly string[]) => (isSentinel(settings) ? [] : settings);

async function ask(port: number, [name = '', ...args]: readonly string[]): Promise<unknown> {
  const redis = new Redis({
    ...{ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null, replyMapping: 'legacy' },
    enableReadyCheck: false,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await redis.call(name, ...args);
  } finally {
    redis.disconnect();
  }
}

async function answers(server: Server): Promise<void> {
  const isThere = async () => (await server.ask('PING').catch(() => null)) === 'PONG';
  await until(isThere, 20_000);
}

/**
 * Below the ports that the kernel gives to outgoing connections: a client that tries a port of those while its server is
 * down may connect to itself, and the server finds the port taken.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(11_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** One primary, two replicas, three sentinels. */
export async function startSentinels() {
  const primary = await startServer();
  const replicaOf = ['--replicaof', '127.0.0.1', `${primary.port}`];
  const replicas = [await startServer(...replicaOf), await startServer(...replicaOf)];
  const settings = [
    `sentinel monitor shop 127.0.0.1 ${primary.port} 2`,
    'sentinel down-after-milliseconds shop 1500',
    'sentinel failover-timeout shop 4000',
  ];
  const sentinels = await Promise.all([1, 2, 3].map(() => startServer('--sentinel', ...settings)));
  await until(async () => fieldOf(await primary.ask('INFO', 'replication'), 'connected_slaves') === '2', 20_000);
  await until(async () => {
    const known = await Promise.all(sentinels.map((one) => one.ask('SENTINEL', 'CKQUORUM', 'shop').catch(() => '')));
    return known.every((text) => String(text).startsWith('OK 3'));
  }, 20_000);
  const hosts = sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return { primary, replicas, sentinels, url: `redis+sentinel://${hosts}/shop` };
}

/** Three masters with a replica each. */
export async function startCluster() {
  const nodes: Server[] = [];
  for (let index = 0; index < 6; index += 1) {
    const bus = `${await freePort()}`;
    const failover = ['--cluster-node-timeout', '1500', '--cluster-allow-replica-migration', 'no'];
    nodes.push(await startServer('--cluster-enabled', 'yes', '--cluster-port', bus, ...failover));
  }
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const created = spawnSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-replicas', '1', '--cluster-yes']);
  if (created.status !== 0) throw new Error(`the cluster could not be created: ${created.stdout}`);
  await until(async () => {
    const states = await Promise.all(nodes.map((one) => one.ask('CLUSTER', 'INFO')));
    const links = await Promise.all(nodes.map(async (one) => fieldOf(await one.ask('INFO', 'replication'), 'role')));
    return (
      states.every((text) => fieldOf(text, 'cluster_state') === 'ok') &&
      links.filter((role) => role === 'slave').length === 3
    );
  }, 20_000);
  const [first] = nodes;
  if (first === undefined) throw new Error('a cluster has nodes');
  return {
    nodes,
    url: nodes.map((one) => one.url).join(','),
    slotOf: async (key: string) => Number(await first.ask('CLUSTER', 'KEYSLOT', key)),
    masterOf: (slot: number) => masterOf(nodes, slot),
    /** Its replica becomes master, whatever the others think: an election takes its time on a busy machine. */
    replace: async (master: Server) => {
      for (const node of nodes) {
        if (node === master) continue;
        const about = await node.ask('INFO', 'replication');
        const isReplica = fieldOf(about, 'role') === 'slave' && fieldOf(about, 'master_port') === `${master.port}`;
        if (isReplica) await node.ask('CLUSTER', 'FAILOVER', 'TAKEOVER');
      }
    },
  };
}

async function masterOf(nodes: readonly Server[], slot: number): Promise<Server> {
  for (const node of nodes) {
    const slots = (await node.ask('CLUSTER', 'SLOTS').catch(() => [])) as [number, number, [string, number]][];
    const range = slots.find(([from, to]) => from <= slot && slot <= to);
    const master = nodes.find(({ port }) => port === range?.[2][1]);
    if (master !== undefined) return master;
  }
  throw new Error(`no node knows who has slot ${slot}`);
}

function fieldOf(info: unknown, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(String(info))?.[1];
}
