/** Thrown by a job that cannot go on yet for a known reason (rate limit, somebody else's lease). Not counted as a failure. */
export class RetryLater extends Error {
  override name = 'RetryLater';
  readonly afterMs: number;

  constructor(afterMs: number) {
    super('the job goes on later');
    this.afterMs = afterMs;
  }
}
