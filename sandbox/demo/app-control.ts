import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type FromApp, isFromApp, type ToApp } from './app-messages.ts';

type AppState = 'starting' | 'running' | 'killed' | 'stopped' | 'failed';

export interface AppStatus {
  readonly state: AppState;
  readonly pid: number | null;
  readonly restarts: number;
  /** The last lines the process wrote before it failed. */
  readonly why: string | null;
}

export interface AppControl {
  status(): AppStatus;
  start(): Promise<void>;
  /** SIGKILL: the process executes nothing more. */
  kill(): Promise<void>;
  /** Sends SIGTERM if the app is still running, then starts a new process on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  setClock(offsetMs: number): Promise<void>;
}

export interface AppOptions {
  /** The process's whole environment, plus PATH; nothing else is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly offsetMs: () => number;
  readonly onLine: (line: string) => void;
  readonly onChange: () => void;
}

const entry = fileURLToPath(new URL('./app-process.ts', import.meta.url));
const TERM_MS = 6_000;

export function createAppControl(options: AppOptions): AppControl {
  let child: ChildProcess | null = null;
  let status: AppStatus = { state: 'stopped', pid: null, restarts: -1, why: null };
  const set = (change: Partial<AppStatus>): void => {
    status = { ...status, ...change };
    options.onChange();
  };

  const start = async (): Promise<void> => {
    if (child !== null) return;
    const lines: string[] = [];
    const own = launch(options, (line) => {
      lines.push(line);
      if (lines.length > 30) lines.shift();
      options.onLine(line);
    });
    child = own;
    set({ state: 'starting', pid: own.pid ?? null, restarts: status.restarts + 1, why: null });
    own.once('exit', () => {
      if (child !== own) return;
      child = null;
      const hasFailed = status.state === 'starting' || status.state === 'running';
      set({ pid: null, ...(hasFailed ? { state: 'failed' as const, why: lines.join('\n') } : {}) });
    });
    const isRunning = await Promise.race([said(own, 'running').then(() => true), once(own, 'exit').then(() => false)]);
    if (!isRunning) throw new Error(lines.join('\n') || 'its process ended');
    set({ state: 'running' });
  };

  const end = async (signal: 'SIGKILL' | 'SIGTERM', state: AppState): Promise<void> => {
    const own = child;
    if (own === null) return set({ state });
    const gone = once(own, 'exit');
    set({ state });
    own.kill(signal);
    const timer = setTimeout(() => own.kill('SIGKILL'), TERM_MS);
    await gone;
    clearTimeout(timer);
  };

  return {
    status: () => status,
    start,
    kill: () => end('SIGKILL', 'killed'),
    stop: () => end('SIGTERM', 'stopped'),
    async restart() {
      await end('SIGTERM', 'stopped');
      await start();
    },
    async setClock(offsetMs) {
      const own = child;
      if (own === null || status.state !== 'running') return;
      const set = said(own, 'clock_set');
      own.send({ kind: 'clock', offsetMs } satisfies ToApp);
      await Promise.race([set, once(own, 'exit')]);
    },
  };
}

function launch({ env, offsetMs }: AppOptions, onLine: (line: string) => void): ChildProcess {
  const child = fork(entry, {
    env: { PATH: process.env.PATH ?? '', ...env, DEMO_CLOCK_OFFSET_MS: String(offsetMs()) },
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') onLine(line);
    });
  }
  return child;
}

function said(child: ChildProcess, kind: FromApp['kind']): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: unknown): void => {
      if (!isFromApp(message) || message.kind !== kind) return;
      child.off('message', listen);
      resolve();
    };
    child.on('message', listen);
  });
}
