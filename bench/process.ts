import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A server in a process of its own, whose costs the operating system counts. */
export interface Server {
  readonly port: number;
  /** From the start of the process until it answered that it is ready. */
  readonly readyAfterMs: number;
  /** User and system time so far, of all its threads. */
  cpuMs(): number;
  rssMb(): number;
  stop(): Promise<void>;
}

interface Started {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 as soon as it serves. */
  readonly readyPath?: string;
}

/** It prints `"port":<number>` once it listens. */
export async function startServer({ args, env, readyPath = '/' }: Started): Promise<Server> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' });
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const hear = (data: unknown) => {
      output += String(data);
      const found = /"port":(\d+)/.exec(output)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`the process ended before it listened\n${output}`)));
  });
  while ((await statusOf(`http://127.0.0.1:${port}${readyPath}`)) !== 200)
    await new Promise((next) => setTimeout(next, 2));
  const readyAfterMs = performance.now() - startedAt;
  return { port, readyAfterMs, cpuMs: () => cpuMsOf(child), rssMb: () => rssMbOf(child), stop: () => stop(child) };
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.status ?? 0;
}

/** Linux counts in hundredths of a second. */
const MS_PER_TICK = 10;

function cpuMsOf({ pid }: ChildProcess): number {
  // After the name, which may hold blanks: state is the third field, utime and stime are the 14th and 15th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function rssMbOf({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
