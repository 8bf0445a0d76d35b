export function print(what: string, value: string | number): void {
  process.stdout.write(`${what}: ${value}\n`);
}

/** "p50 / p95 / max of n". */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return `${at(0.5)} / ${at(0.95)} / ${at(1)} of ${sorted.length}`;
}
