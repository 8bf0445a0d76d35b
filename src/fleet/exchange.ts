import { type Loss, lossOf } from './connection-loss.ts';
import type { Fetch, FetchInit, FetchResponse, HeaderReader } from './fetch.ts';

export interface Answer {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: AnswerBody;
}
export type AnswerBody =
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'lost'; readonly why: 'timeout' | 'reset' };

export interface ExchangeLimits {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** One request, one answer, never an exception. The status counts even when the body after it was lost. */
export async function exchange(
  fetch: Fetch,
  url: string,
  init: Pick<FetchInit, 'method' | 'headers' | 'body'>,
  limits: ExchangeLimits,
): Promise<Answer | Loss> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const body = await readBody(response, limits.maxAnswerBytes).catch(() => lostBody(signal.aborted));
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    return lossOf(error, signal.aborted);
  }
}

async function readBody({ body }: FetchResponse, maxBytes: number): Promise<AnswerBody> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const read = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += read.byteLength;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) return { kind: 'too_large' };
    chunks.push(read);
  }
  return { kind: 'whole', text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

function lostBody(timedOut: boolean): AnswerBody {
  return { kind: 'lost', why: timedOut ? 'timeout' : 'reset' };
}
