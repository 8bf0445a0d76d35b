/** All that a log may say about a thrown value: its message can contain an email, an address or a token. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Redis didn't answer in time, or at all. We don't know whether it wrote anything, so a commit is looked up again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** Redis refused the command, or it was never sent: nothing was written. */
  readonly isRefused: boolean;
  constructor(message = '', isRefused = false) {
    super(message);
    this.isRefused = isRefused;
  }
}

/** The answer to a commit was lost: it may have been committed, even if a look-up right afterwards doesn't find it. */
export class CommitUnclear extends StoreUnavailable {}
