import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainableCommander, Cluster, Redis } from 'ioredis';
import { withTimeout } from '../domain/async.ts';
import { StoreUnavailable } from '../domain/failures/failure.ts';

/** Says only what kind of failure it was: the client's errors quote the command's arguments, with notes and names. */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const { kind, isRefused } = failureOf(error);
  return new StoreUnavailable(`Redis: ${kind}`, isRefused);
}

// The client follows a redirection, and tries again while a slot moves or has no master, until it has done so too often.
const REDIRECTIONS = /^Too many Cluster redirections\. Last error: ReplyError: (\w+)/;
const NOT_SENT = /enableOfflineQueue options is false$/;
const CODE = /\bE[A-Z]{4,}\b/;

function failureOf(error: unknown): { readonly kind: string; readonly isRefused: boolean } {
  if (!(error instanceof Error)) return { kind: 'failed', isRefused: false };
  const { name, message } = error;
  // Redis's answer begins with a code (`OOM`, `READONLY`, `WRONGTYPE`). The rest may quote data.
  const answer = name === 'ReplyError' ? message.split(' ', 1)[0] : REDIRECTIONS.exec(message)?.[1];
  if (answer !== undefined) return { kind: `answered ${answer}`, isRefused: true };
  if (NOT_SENT.test(message)) return { kind: 'not connected', isRefused: true };
  if ('code' in error && typeof error.code === 'string') return { kind: error.code, isRefused: false };
  // After the first sentence, the client quotes the error of one node, with its address.
  const [what = '', ...rest] = message.split('. ');
  const code = CODE.exec(rest.join())?.[0];
  return { kind: code === undefined ? what : `${what} (${code})`, isRefused: false };
}

export type RedisClient = Redis | Cluster;

/** What Redis answers to a reading command, inside a script as outside. */
interface Answers {
  readonly GET: string | null;
  readonly GETRANGE: string;
  readonly HGET: string | null;
  /** Fields and values in turn. */
  readonly HGETALL: readonly string[];
  readonly HMGET: readonly (string | null)[];
  readonly HVALS: readonly string[];
  readonly PTTL: number;
  readonly SMEMBERS: readonly string[];
  readonly SMISMEMBER: readonly number[];
  readonly ZCARD: number;
  readonly ZCOUNT: number;
  readonly ZLEXCOUNT: number;
  readonly ZMSCORE: readonly (string | null)[];
  readonly ZRANGE: readonly string[];
}

/** The only way to Redis. Every failure is thrown as `StoreUnavailable`. */
export interface Connection {
  /** Reads of one turn of the event loop are one script call: one trip, and of one moment. In a snapshot, once. */
  read<Command extends keyof Answers>(
    command: Command,
    key: string,
    ...args: readonly (string | number)[]
  ): Promise<Answers[Command]>;
  /** The same by a script of its own, which only reads. */
  readScript(lua: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** For what writes, takes long or must be of this moment. */
  run<T>(command: (redis: RedisClient) => Promise<T>): Promise<T>;
  /** Sent by its hash, or whole if Redis doesn't know it (after a restart or failover). All `keys` are in one slot. */
  script(lua: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** One round trip, with answers in order. If one command fails, so does the pipeline. */
  pipeline(fill: (pipeline: ChainableCommander) => void): Promise<readonly unknown[]>;
}

// With the client's own time-out for a command, this stays below 1.5 s.
const WAIT_FOR_CONNECTION_MS = 400;

export function connectionTo(redis: RedisClient): Connection {
  const run = async <T>(command: (redis: RedisClient) => Promise<T>): Promise<T> => {
    try {
      if (redis.status !== 'ready') await connected(redis);
      return await command(redis);
    } catch (error) {
      throw unavailable(error);
    }
  };
  const script: Connection['script'] = (lua, keys, args) => run(() => evaluate(redis, lua, keys, args));
  return {
    run,
    read: createReading(run),
    readScript: script,
    script,
    pipeline: (fill) =>
      run(async () => {
        const pipeline = redis.pipeline();
        fill(pipeline);
        return answersOf(await pipeline.exec());
      }),
  };
}

/** What `defineCommand` adds to a client. */
type Scripted = Readonly<Record<string, (keyCount: number, ...keysAndArgs: (string | number)[]) => Promise<unknown>>>;

async function evaluate(
  redis: RedisClient,
  lua: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  // Named by its text, so that no two scripts share a name.
  if (!(lua in redis)) redis.defineCommand(lua, { lua });
  return (redis as unknown as Scripted)[lua]?.(keys.length, ...keys, ...args);
}

function answersOf(results: readonly (readonly [Error | null, unknown])[] | null): readonly unknown[] {
  if (!results) throw new StoreUnavailable('Redis: pipeline was dropped');
  return results.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

interface PendingRead {
  readonly key: string;
  readonly command: readonly string[];
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

// Redis does nothing else during a script.
const MAX_TOGETHER = 100;

function createReading(run: Connection['run']): Connection['read'] {
  let pending: PendingRead[] = [];
  const send = (): void => {
    const reads = pending;
    pending = [];
    for (let from = 0; from < reads.length; from += MAX_TOGETHER)
      void readTogether(run, reads.slice(from, from + MAX_TOGETHER));
  };
  return (name, key, ...args) =>
    new Promise((resolve, reject) => {
      if (pending.length === 0) setImmediate(send);
      // Each command is answered by what `Answers` says.
      pending.push({ key, command: [name, ...args.map(String)], resolve: resolve as PendingRead['resolve'], reject });
    });
}

async function readTogether(run: Connection['run'], reads: readonly PendingRead[]): Promise<void> {
  try {
    const answers = await run((redis) => ask(redis, reads));
    reads.forEach(({ resolve, reject }, at) => {
      const answer = answers[at];
      if (answer instanceof Error) reject(unavailable(answer));
      else resolve(answer);
    });
  } catch (error) {
    for (const { reject } of reads) reject(error);
  }
}

async function ask(redis: RedisClient, reads: readonly PendingRead[]): Promise<readonly unknown[]> {
  const [first, ...others] = reads;
  if (first !== undefined && others.length === 0) {
    const [name = '', ...args] = first.command;
    return [await redis.call(name, first.key, ...args)];
  }
  const args = reads.flatMap(({ command }) => [command.length, ...command]);
  return (await evaluate(
    redis,
    readScript,
    reads.map(({ key }) => key),
    args,
  )) as readonly unknown[];
}

// ARGV: for each key, how many words its command has, and these. `false` is Redis's null.
const readScript = `
local answers, at = {}, 1
for i = 1, #KEYS do
  local last = at + ARGV[at]
  answers[i] = redis.pcall(ARGV[at + 1], KEYS[i], unpack(ARGV, at + 2, last))
  at = last + 1
end
return answers
`;

/** Reads that snapshots of one kind have made, which the next one therefore makes first. */
export type Foreseen = Map<string, Parameters<Connection['read']>>;

/** Of each kind: then it is forgotten what this kind reads, and learnt anew. */
const MAX_FORESEEN = 50;

/**
 * The same for one reading: what was read once is known until something is written through it. Don't keep it for longer
 * than a person waits: others write too. `foreseen`: the kind's, of keys that `isForeseeable`.
 */
export function snapshotConnection(
  connection: Connection,
  foreseen: Foreseen = new Map(),
  isForeseeable: (key: string) => boolean = () => false,
): Connection {
  const known = new Map<string, Promise<unknown>>();
  const forgetting = <Args extends readonly unknown[], T>(write: (...args: Args) => Promise<T>) => {
    return (...args: Args): Promise<T> => {
      known.clear();
      return write(...args).finally(() => known.clear());
    };
  };
  const once = <T>(what: readonly unknown[], read: () => Promise<T>): Promise<T> => {
    const name = JSON.stringify(what);
    const before = known.get(name);
    // The same command has an answer of the same type.
    if (before !== undefined) return before as Promise<T>;
    const answer = read();
    known.set(name, answer);
    // What failed is read again.
    answer.catch(() => known.delete(name));
    return answer;
  };
  for (const command of foreseen.values()) void once(command, () => connection.read(...command));
  return {
    read: (...command) => {
      if (isForeseeable(command[1])) {
        if (foreseen.size === MAX_FORESEEN) foreseen.clear();
        foreseen.set(JSON.stringify(command), command);
      }
      return once(command, () => connection.read(...command));
    },
    readScript: (...script) => once(script, () => connection.readScript(...script)),
    // As generic as what it wraps.
    run: forgetting(connection.run) as Connection['run'],
    script: forgetting(connection.script),
    pipeline: forgetting(connection.pipeline),
  };
}

const waiting = new WeakMap<RedisClient, Promise<void>>();

/**
 * Commands are never queued while disconnected: one reported as failed would still be sent later. Instead we wait a
 * moment for the connection before sending anything.
 */
async function connected(redis: RedisClient): Promise<void> {
  const ready = waiting.get(redis) ?? nextReady(redis);
  const isReady = await withTimeout(sleep, WAIT_FOR_CONNECTION_MS, ready);
  if (isReady === null) throw new StoreUnavailable('Redis: not connected', true);
}

/** One listener, however many commands wait. */
function nextReady(redis: RedisClient): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    redis.once('ready', () => {
      waiting.delete(redis);
      resolve();
    });
  });
  waiting.set(redis, ready);
  return ready;
}

/**
 * For scripts: Redis's own time in milliseconds. Instances' clocks differ, so whatever several of them compare is dated
 * by this one.
 */
export const luaNow = `
local function now()
  local time = redis.call('TIME')
  return time[1] .. string.format('%03d', math.floor(time[2] / 1000))
end
`;
