import { StoreUnavailable } from '../domain/store-unavailable.ts';

/**
 * Says what kind of failure it was and no more: the client's own errors carry the command with its arguments, and
 * those hold notes and names.
 */
export function unavailable(error: unknown): StoreUnavailable {
  return error instanceof StoreUnavailable ? error : new StoreUnavailable(`Redis: ${kindOf(error)}`, isAnswer(error));
}

function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // An answer of Redis begins with its code (`OOM`, `READONLY`, `WRONGTYPE`); what follows may quote data.
  if (isAnswer(error)) return `answered ${error.message.split(' ', 1)[0]}`;
  return error.message;
}
