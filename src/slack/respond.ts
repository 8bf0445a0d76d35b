import type { Dispatcher } from 'undici';
import type { Slack, SlackResult } from './slack.ts';
import { post } from './web-api.ts';

const TIMEOUT_MS = 3000;
/** Slack answers with a few words. */
const ANSWER_BYTES = 4_096;

/**
 * Answers a command or a press. Bolt's `respond()` has no time-out, and would send people's names wherever a payload
 * says. Answers of a response_url have no `ts`.
 */
export function createRespond(agent: Dispatcher, slackApiUrl: string | undefined): Slack['respond'] {
  const origins = new Set(['https://hooks.slack.com', ...(slackApiUrl === undefined ? [] : ownOrigins(slackApiUrl))]);
  return async (responseUrl, message) => {
    const url = URL.canParse(responseUrl) ? new URL(responseUrl) : null;
    if (url === null || !origins.has(url.origin)) return { ok: false, failure: { kind: 'gone' } };
    const sent = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) };
    const to = { origin: url.origin, path: `${url.pathname}${url.search}` };
    return (await post(agent, { ...to, ...sent }, TIMEOUT_MS, read)) ?? { ok: false, failure: { kind: 'unavailable' } };
  };
}

/** A Slack of another address, such as GovSlack, has its own hooks; a stand-in answers everything itself. */
function ownOrigins(slackApiUrl: string): readonly string[] {
  const { origin, host } = new URL(slackApiUrl);
  return [origin, `https://hooks.${host}`];
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<SlackResult<void>> {
  const text = await beginningOf(body);
  // Some refusals have status 200 and only say so in the body.
  const isOk = statusCode >= 200 && statusCode < 300;
  if (isOk && !/"ok"\s*:\s*false/u.test(text)) return { ok: true, value: undefined };
  if (statusCode === 429) {
    const seconds = Number(headers['retry-after']);
    return { ok: false, failure: { kind: 'rate_limited', retryAfterMs: (seconds > 0 ? seconds : 1) * 1000 } };
  }
  if (statusCode >= 500) return { ok: false, failure: { kind: 'unavailable' } };
  if (/invalid_blocks|invalid_payload|no_text|too_long/u.test(text))
    return { ok: false, failure: { kind: 'refused_payload', error: 'invalid_blocks', details: [] } };
  return { ok: false, failure: { kind: 'gone' } };
}

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, ANSWER_BYTES);
}
