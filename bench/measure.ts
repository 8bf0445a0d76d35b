export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Includes sending, since both sides share this process: comparable only within one run. */
  readonly cpuMicrosecondsEach: number;
}

/** Makes `count` calls, `inFlight` at a time. */
export async function measure(count: number, inFlight: number, call: () => Promise<number>): Promise<Measured> {
  const times: number[] = [];
  let left = count;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      times.push(await call());
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  const used = process.cpuUsage(cpu);
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: count / seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpuMicrosecondsEach: (used.user + used.system) / count,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
