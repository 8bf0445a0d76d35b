import { type RunningProcess, startProcess } from '../support/process.ts';
import type { ToChild, ToParent } from './messages.ts';

export type AppProcess = RunningProcess<ToChild, ToParent>;

/** Processes that have read their code and wait to be told what to be: reading takes longer than everything else. */
export interface Processes {
  take(): Promise<AppProcess>;
  close(): void;
}

export function keepProcesses(path: string, ready: number): Processes {
  const all = new Set<AppProcess>();
  const waiting: AppProcess[] = [];
  const one = (): AppProcess => {
    const started = startProcess<ToChild, ToParent>(path);
    all.add(started);
    void started.ended.then(() => all.delete(started));
    return started;
  };
  while (waiting.length < ready) waiting.push(one());
  return {
    take: async () => {
      const taken = waiting.shift() ?? one();
      waiting.push(one());
      await taken.next((message): message is Extract<ToParent, { kind: 'loaded' }> => message.kind === 'loaded');
      return taken;
    },
    close: () => {
      for (const process of all) process.kill();
    },
  };
}
