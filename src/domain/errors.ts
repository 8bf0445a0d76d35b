/** All that a log may say about a thrown value: a message can hold an email, an address or a token. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Redis did not answer in time, or not at all. Whether it wrote anything is unknown: a commit is looked up again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** Redis refused the command, or it was never sent: nothing was written. */
  readonly isRefused: boolean;
  constructor(message = '', isRefused = false) {
    super(message);
    this.isRefused = isRefused;
  }
}

/** The answer to a commit was lost: it may have been made, even if a look right afterwards does not find it. */
export class CommitUnclear extends StoreUnavailable {}
