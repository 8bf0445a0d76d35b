export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Thrown by an operation to answer with Fleet's error envelope; `error` is a code or a sentence. */
export class Rejection extends Error {
  readonly status: number;

  constructor(status: number, error: string) {
    super(error);
    this.name = 'Rejection';
    this.status = status;
  }

  reply(): Reply {
    return { status: this.status, body: { error: this.message } };
  }
}

export function reject(status: number, error: string): never {
  throw new Rejection(status, error);
}
