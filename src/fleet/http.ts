import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import nodeFetch from 'node-fetch';
import type { FleetFailure } from '../domain/failures/failure.ts';

/** The part of fetch that we use. In production it is `createKeepAliveFetch`'s. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: AsyncIterable<string | Uint8Array> | null;
}

export interface HeaderReader {
  get(name: string): string | null;
}

/** node-fetch over one keep-alive connection pool, for every Fleet key of the process. `close` ends idle connections. */
export function createKeepAliveFetch({ maxSockets = 16, idleSocketMs = 4_000 } = {}): {
  readonly fetch: Fetch;
  readonly close: () => void;
} {
  // Drop idle connections before the server does (Node's servers wait 5 s). A write on a connection that the server just
  // closed ends as a reset, and we couldn't tell whether it was carried out.
  const options = { keepAlive: true, maxSockets, timeout: idleSocketMs };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    fetch: (url, init) =>
      nodeFetch(url, {
        ...init,
        agent: ({ protocol }) => (protocol === 'https:' ? https : http),
        // Answers are small, and a decompression error would look like a lost answer.
        compress: false,
      }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

type Loss =
  | { readonly kind: 'unreachable' }
  | Pick<Extract<FleetFailure, { readonly kind: 'no_answer' }>, 'kind' | 'why'>;

const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const NOT_CONNECTED_CALLS = new Set(['connect', 'getaddrinfo']);
/** TLS rejected the certificate: the handshake ends before the request is written. */
const CERTIFICATE_CODES = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * `unreachable` only if it failed before the first byte was sent. Anything else may have arrived, including a write on a
 * kept-alive connection that fails with ECONNRESET or EPIPE.
 */
export function lossOf(error: unknown, timedOut: boolean): Loss {
  if (timedOut) return { kind: 'no_answer', why: 'timeout' };
  const code = textOf(error, 'code');
  // node-fetch writes `erroredSysCall` for what Node calls `syscall`.
  const call = textOf(error, 'erroredSysCall');
  const neverConnected = NOT_CONNECTED_CODES.has(code) || NOT_CONNECTED_CALLS.has(call) || CERTIFICATE_CODES.test(code);
  return neverConnected ? { kind: 'unreachable' } : { kind: 'no_answer', why: 'reset' };
}

function textOf(error: unknown, field: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === 'string' ? value : '';
}

export interface Answer {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: AnswerBody;
}
export type AnswerBody =
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'lost'; readonly why: 'timeout' | 'reset' };

interface ExchangeLimits {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** One request, one answer, never an exception. The status counts even if the body was lost. */
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
    // Leaving the loop destroys the stream and its connection.
    if (bytes > maxBytes) return { kind: 'too_large' };
    chunks.push(read);
  }
  return { kind: 'whole', text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

function lostBody(timedOut: boolean): AnswerBody {
  return { kind: 'lost', why: timedOut ? 'timeout' : 'reset' };
}
