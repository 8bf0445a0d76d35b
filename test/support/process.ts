import { type ChildProcess, fork } from 'node:child_process';

/** A script of this repository as a process of its own, with messages both ways. */
export interface RunningProcess<To, From> {
  send(message: To): void;
  on(listener: (message: From) => void): void;
  /** The first message that fits, also one that has come already; rejects when the process ends before. */
  next<M extends From>(fits: (message: From) => message is M): Promise<M>;
  readonly isAlive: () => boolean;
  /** Resolves with how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly output: () => string;
  kill(signal?: NodeJS.Signals): void;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/** TypeScript by tsx. The environment is the given one and nothing of ours, save where programs are found. */
export function startProcess<To, From>(path: string, { env = {} }: ProcessOptions = {}): RunningProcess<To, From> {
  const child = fork(path, [], {
    execArgv: path.endsWith('.ts') ? ['--import', 'tsx'] : [],
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const listeners = new Set<(message: From) => void>();
  const seen: From[] = [];
  let output = '';
  const heard = (data: unknown): void => {
    output += String(data);
  };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', heard);
  child.on('message', (message: From) => {
    seen.push(message);
    for (const listener of [...listeners]) listener(message);
  });
  // A message to a process that is just being killed is lost, and that is what is tested.
  child.on('error', () => {});
  const ended = endOf(child);
  let alive = true;
  void ended.then(() => {
    alive = false;
  });
  const next = async <M extends From>(fits: (message: From) => message is M): Promise<M> => {
    const found = seen.find(fits);
    if (found !== undefined) return found;
    let done: (message: From) => void = () => {};
    const came = new Promise<M>((resolve) => {
      done = (message) => {
        if (fits(message)) resolve(message);
      };
      listeners.add(done);
    });
    try {
      const late = ended.then((how) => {
        throw new Error(`the process ended (${JSON.stringify(how)}) before it answered\n${output}`);
      });
      return await Promise.race([came, late]);
    } finally {
      listeners.delete(done);
    }
  };
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    on: (listener) => void listeners.add(listener),
    next,
    isAlive: () => alive,
    ended,
    output: () => output,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
