/** Characters of all texts: what Slack counts for `msg_blocks_too_long`, as far as it is known. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [field, one]) => sum + (typeof one === 'string' ? (field === 'text' ? one.length : 0) : textLength(one)),
    0,
  );
}

export function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
