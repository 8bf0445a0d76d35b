import { type Delivery, json, plain } from './delivery.ts';
import { idsAsStrings, withList, withNulls, withoutIds, withStatus } from './distort.ts';
import type { Fault } from './fault.ts';
import type { Reply } from './rejection.ts';

const TEN_MEGABYTES = 10 * 1024 * 1024;
const page = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** `reply` is the operation's answer, or a placeholder if the fault applies before the commit. */
export function misbehave(fault: Fault, reply: Reply, now: () => number): Delivery {
  switch (fault.kind) {
    case 'slow':
    case 'lag':
      return json(reply);
    case 'hang_before_commit':
    case 'hang_after_commit':
      return { kind: 'hang' };
    case 'reset_before_commit':
    case 'reset_after_commit':
      return { kind: 'reset' };
    case 'hang_mid_body':
    case 'reset_mid_body':
      return half(reply, fault.kind === 'hang_mid_body' ? 'hang' : 'reset');
    case 'rate_limited':
      return json(rateLimited(fault, now));
    case 'server_error_before_commit':
    case 'server_error_after_commit':
      return json(serverError(fault.status ?? 500));
    case 'service_unavailable':
      return json(unavailable(fault.retryAfterSeconds));
    case 'html':
      return plain(fault.status ?? 502, 'text/html; charset=utf-8', page);
    case 'broken_json':
      return plain(reply.status, 'application/json', JSON.stringify(reply.body).slice(0, -3));
    case 'empty_body':
      return plain(reply.status, 'application/json', '');
    case 'huge_body':
      return json({ ...reply, body: padded(reply.body, fault.bytes ?? TEN_MEGABYTES) });
    case 'wrong_shape':
      return json({ ...reply, body: misshapen(reply.body, fault.shape ?? 'no_data') });
    case 'nulls':
      return json({ ...reply, body: withNulls(reply.body) });
    case 'unknown_status':
      return json({ ...reply, body: withStatus(reply.body, fault.clientStatus ?? 'TELEPORTING') });
    case 'page_capped':
      return json({ ...reply, body: withList(reply.body, ({ data }) => ({ data: data.slice(0, fault.rows) })) });
    case 'row_unreadable':
      return json({ ...reply, body: withList(reply.body, ({ data }) => ({ data: withoutIds(data, fault.at ?? 0) })) });
    case 'total_off':
      return json({ ...reply, body: withList(reply.body, ({ total }) => ({ total: total + fault.by })) });
    case 'row_left':
      return json({
        ...reply,
        body: withList(reply.body, ({ total, offset }) => ({
          total: fault.total === 'stays' ? total : total - 1,
          offset: offset - 1,
        })),
      });
    case 'answer':
      return json({ status: fault.status, body: fault.body, headers: fault.headers ?? {} });
    default:
      return fault satisfies never;
  }
}

function half(reply: Reply, then: 'hang' | 'reset'): Delivery {
  const text = JSON.stringify(reply.body);
  return { kind: 'half', status: reply.status, text: text.slice(0, Math.ceil(text.length / 2)), then };
}

function rateLimited(fault: Fault & { kind: 'rate_limited' }, now: () => number): Reply {
  const seconds = fault.seconds ?? 1;
  const headers = {
    seconds: { 'Retry-After': String(seconds) },
    http_date: { 'Retry-After': new Date(now() + seconds * 1000).toUTCString() },
    reset_only: { 'RateLimit-Reset': String(seconds) },
    reset_epoch: { 'RateLimit-Reset': String(Math.ceil(now() / 1000) + seconds) },
    nothing: {},
  }[fault.tell ?? 'seconds'];
  return { status: 429, body: { error: 'Too many requests, please try again later.' }, headers };
}

function serverError(status: number): Reply {
  return { status, body: { error: status === 500 ? 'INTERNAL_ERROR' : 'Upstream error' } };
}

function unavailable(retryAfterSeconds: number | undefined): Reply {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { status: 503, body: { error: 'Service temporarily unavailable' }, headers };
}

function padded(body: unknown, bytes: number): unknown {
  return { ...(body as object), padding: 'x'.repeat(bytes) };
}

function misshapen(body: unknown, shape: 'no_data' | 'ids_as_strings' | 'data_is_a_list'): unknown {
  switch (shape) {
    case 'no_data':
      return { result: 'ok' };
    case 'ids_as_strings':
      return idsAsStrings(body);
    case 'data_is_a_list':
      return { ...(body as object), data: [[], 'x', 7] };
    default:
      return shape satisfies never;
  }
}
