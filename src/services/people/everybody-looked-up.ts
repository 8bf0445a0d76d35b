import type { Looked } from '../context.ts';

/** Of many look-ups one answer. One that failed leaves all of it unknown, for as long as the longest wait asked for. */
export function everybodyLookedUp<T>(looked: readonly Looked<T>[]): Looked<readonly T[]> {
  const found = looked.flatMap((one) => (one.ok ? [one.value] : []));
  if (found.length === looked.length) return { ok: true, value: found };
  const [longest] = looked
    .flatMap((one) => (one.ok || one.retryAfterMs === undefined ? [] : [one.retryAfterMs]))
    .sort((one, other) => other - one);
  return longest === undefined ? { ok: false } : { ok: false, retryAfterMs: longest };
}
