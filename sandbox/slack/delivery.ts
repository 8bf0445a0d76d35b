import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Act, Delivery } from './act-types.ts';
import type { Core } from './core.ts';
import { parseJson } from './json.ts';
import type { SendRequest } from './workspace-types.ts';

type Signature = NonNullable<SendRequest['signature']>;

export interface Posting {
  signature?: Signature;
  retry?: { num: number; reason: string };
  /** False for adversarial requests: a refusal is then expected, not a breach. */
  judged?: boolean;
}

const offsets: Record<Signature, number> = { valid: 0, wrong: 0, missing: 0, stale: -6 * 60, future: 60 * 60 };

function signatureHeaders(secret: string, body: string, signature: Signature): Record<string, string> {
  if (signature === 'missing') return {};
  const timestamp = String(Math.floor(Date.now() / 1000) + offsets[signature]);
  const key = signature === 'wrong' ? `not-${secret}` : secret;
  const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

interface Answer {
  status: number;
  rawBody: string;
  timedOut: boolean;
  noRetry?: boolean;
}

/** Sends one signed request, waits for the acknowledgement as long as Slack would, then hangs up. */
export async function post(core: Core, delivery: Delivery, posting: Posting = {}): Promise<Act> {
  const { signature = 'valid', retry, judged = true } = posting;
  const headers: Record<string, string> = {
    'content-type': delivery.contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    accept: 'application/json,*/*',
    ...signatureHeaders(core.settings.signingSecret, delivery.body, signature),
    ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
  };
  const at = core.now();
  const started = performance.now();
  const answer = await send(delivery, headers, timeoutMsOf(core, delivery));
  const ackMs = performance.now() - started;
  const body = answer.rawBody === '' ? undefined : (parseJson(answer.rawBody) ?? answer.rawBody);
  core.journal.add({
    at,
    direction: 'to_app',
    route: delivery.kind,
    target: delivery.target,
    payload: readable(delivery),
    status: answer.status,
    answer: body,
    ms: ackMs,
  });
  if (judged) noteAnswer(core, delivery, answer, ackMs);
  return { kind: delivery.kind, ...answer, ackMs, body, shown: [], delivery, sent: true };
}

function timeoutMsOf({ settings }: Core, { kind }: Delivery): number {
  return kind === 'block_suggestion' ? settings.searchTimeoutMs : settings.ackTimeoutMs;
}

// A new connection for each request: on a reused one, a crashed app's reset would look like a stale socket.
function send(delivery: Delivery, headers: Record<string, string>, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const body = Buffer.from(delivery.body);
  return new Promise((resolve) => {
    const lost = (): void => resolve({ status: 0, rawBody: '', timedOut: signal.aborted });
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      signal,
      agent: false as const,
    };
    const outgoing = request(delivery.target, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', lost);
      response.on('end', () => {
        const noRetry = response.headers['x-slack-no-retry'] === '1';
        const rawBody = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, rawBody, timedOut: false, noRetry });
      });
    });
    outgoing.on('error', lost);
    outgoing.end(body);
  });
}

function noteAnswer(core: Core, delivery: Delivery, answer: Answer, ackMs: number): void {
  const where = delivery.kind;
  if (answer.timedOut) {
    const detail = `no acknowledgement within ${timeoutMsOf(core, delivery)} ms`;
    core.violations.note({ severity: 'breach', rule: 'late_ack', where, detail });
  } else if (answer.status === 0) {
    core.violations.note({ severity: 'situation', rule: 'app_unreachable', where, detail: delivery.target });
  } else if (answer.status < 200 || answer.status > 299) {
    const detail = `the app answered ${answer.status} after ${Math.round(ackMs)} ms`;
    core.violations.note({ severity: 'breach', rule: 'bad_ack_status', where, detail });
  }
}

/** The payload as the app reads it, for the journal. */
function readable(delivery: Delivery): unknown {
  if (delivery.contentType.startsWith('application/json')) return parseJson(delivery.body);
  const form = new URLSearchParams(delivery.body);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

export function accepted(act: Act): boolean {
  return act.status >= 200 && act.status <= 299;
}

export function failureWord(act: Act): string {
  return act.timedOut ? 'operation_timeout' : 'dispatch_failed';
}

export const formType = 'application/x-www-form-urlencoded';

export function formBody(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
