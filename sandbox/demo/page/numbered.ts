/** For lists whose items are identified only by their position. */
export function numbered<T>(items: readonly T[]): { readonly key: string; readonly item: T }[] {
  return items.map((item, index) => ({ key: String(index), item }));
}
