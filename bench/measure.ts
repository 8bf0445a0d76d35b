import type { Server } from './process.ts';

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Does `count` acts in `lanes` at a time; how long each took, in ms. */
export async function timesOf(count: number, lanes: number, act: (index: number, lane: number) => Promise<unknown>) {
  const times: number[] = [];
  let next = 0;
  const run = async (lane: number): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const startedAt = performance.now();
      await act(index, lane);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return times;
}

/** The server's CPU for one act, in microseconds, up to the last effect of the last one. */
export async function cpuOf(
  server: Server,
  {
    count,
    lanes,
    settled,
  }: { readonly count: number; readonly lanes: number; readonly settled: () => Promise<unknown> },
  act: (index: number, lane: number) => Promise<unknown>,
): Promise<number> {
  const before = server.cpuMs();
  await timesOf(count, lanes, act);
  await settled();
  return ((server.cpuMs() - before) * 1000) / count;
}
