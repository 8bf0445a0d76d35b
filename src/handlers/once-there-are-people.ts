import type { Tenant } from './deps.ts';

/** For a minute: most companies stand in less. */
const QUICK_LOOKS = 120;
const QUICK_LOOK_MS = 500;
/** For half an hour: 10,000 people take five minutes, and many of them may be waiting. */
const LOOKS = QUICK_LOOKS + 360;
const SLOW_LOOK_MS = 5_000;

export interface Looking<T> {
  readonly look: () => Promise<T>;
  /** Nobody can be matched yet. */
  readonly isTooEarly: (found: T) => boolean;
  /** Says that it is waited for. False: there is nobody to wait for it. */
  readonly say: () => Promise<boolean>;
}

/**
 * Nobody can be matched before the first pass over Fleet's people has ended: the modal says so and waits for it. Null:
 * nobody looks at it any more.
 */
export async function onceThereArePeople<T>(
  { context }: Tenant,
  { look, isTooEarly, say }: Looking<T>,
): Promise<T | null> {
  let found = await look();
  if (!isTooEarly(found)) return found;
  if (!(await say())) return null;
  for (let looks = 0; looks < LOOKS && isTooEarly(found); looks += 1) {
    const isQuick = looks < QUICK_LOOKS;
    await context.sleep(isQuick ? QUICK_LOOK_MS : SLOW_LOOK_MS);
    // The whole of it seldom: it also tells that Fleet stopped answering.
    if (!isQuick || (await context.store.directory.builtAt()) !== null) found = await look();
  }
  return found;
}
