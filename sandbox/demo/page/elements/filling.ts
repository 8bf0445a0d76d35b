/** Values go to the server one after another, so that a submit never overtakes what was typed before it. */
let last: Promise<unknown> = Promise.resolve();
const drafts = new Set<() => void>();

export function afterFilling<T>(fill: () => Promise<T>): Promise<T> {
  const next = last.then(fill, fill);
  last = next.catch(() => {});
  return next;
}

/** Registers a field that has not sent its text yet; the returned function removes it. */
export function holdDraft(flush: () => void): () => void {
  drafts.add(flush);
  return () => drafts.delete(flush);
}

/** Resolves when everything typed has reached the server. */
export async function allFilled(): Promise<void> {
  for (const flush of [...drafts]) flush();
  await last;
}
