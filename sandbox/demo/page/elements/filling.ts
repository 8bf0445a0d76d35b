/** Everything filled in goes to the server in one row, so that a submit never overtakes what was typed before it. */
let last: Promise<unknown> = Promise.resolve();
const drafts = new Set<() => void>();

export function afterFilling<T>(fill: () => Promise<T>): Promise<T> {
  const next = last.then(fill, fill);
  last = next.catch(() => {});
  return next;
}

/** A field that still holds back what is being typed; the returned function ends that. */
export function holdDraft(flush: () => void): () => void {
  drafts.add(flush);
  return () => drafts.delete(flush);
}

/** Resolves when everything that was typed has arrived. */
export async function allFilled(): Promise<void> {
  for (const flush of [...drafts]) flush();
  await last;
}
