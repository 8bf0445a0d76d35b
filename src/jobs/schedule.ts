import type { ServiceContext } from '../services/context.ts';
import type { WorkQueue } from './queue.ts';

const HOUR = 60 * 60 * 1000;

/** What comes round by itself. Every instance says so at its start; the queue keeps one schedule for each id. */
export async function scheduleWork(queue: WorkQueue, { tenant, store }: ServiceContext): Promise<void> {
  const directory = { kind: 'refresh_directory', tenant } as const;
  await queue.repeat({ id: `directory.${tenant}`, work: directory }, HOUR);
  if ((await store.directory.builtAt()) === null)
    await queue.add([{ id: `first-directory.${tenant}`, work: directory }]);
}
