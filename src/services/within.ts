import type { ServiceContext } from './context.ts';

/** Null: it did not come in time. It may still come, and be kept by whoever asked; nobody waits for it any more. */
export async function within<T>(
  { sleep }: Pick<ServiceContext, 'sleep'>,
  ms: number,
  work: Promise<T>,
): Promise<T | null> {
  return sleep === undefined ? work : Promise.race([work, sleep(ms).then(() => null)]);
}
