import type { FleetFailure } from '../domain/failures/fleet-failure.ts';

export type Loss =
  | { readonly kind: 'unreachable' }
  | Pick<Extract<FleetFailure, { readonly kind: 'no_answer' }>, 'kind' | 'why'>;

const NOT_CONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const NOT_CONNECTED_CALLS = new Set(['connect', 'getaddrinfo']);
/** The certificate was refused: the handshake ends before the request is written. */
const CERTIFICATE_CODES = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Only what certainly came before the first byte of the request is `unreachable`. Everything else, a write on a kept
 * connection that fails with ECONNRESET or EPIPE included, may have arrived.
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
