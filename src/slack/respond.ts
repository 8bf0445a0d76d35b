import type { Slack, SlackResult } from './slack.ts';

const TIMEOUT_MS = 3000;
/** Slack answers with a few words. */
const ANSWER_BYTES = 4_096;

/**
 * Answers a command or a press. Bolt's `respond()` has no time-out, and would send people's names wherever a payload
 * says. Answers of a response_url have no `ts`.
 */
export function createRespond(fetch: typeof globalThis.fetch, slackApiUrl: string | undefined): Slack['respond'] {
  const origins = new Set(['https://hooks.slack.com', ...(slackApiUrl === undefined ? [] : ownOrigins(slackApiUrl))]);
  return async (responseUrl, message) =>
    URL.canParse(responseUrl) && origins.has(new URL(responseUrl).origin)
      ? respondTo(fetch, responseUrl, message)
      : { ok: false, failure: { kind: 'gone' } };
}

/** A Slack of another address, such as GovSlack, has its own hooks; a stand-in answers everything itself. */
function ownOrigins(slackApiUrl: string): readonly string[] {
  const { origin, host } = new URL(slackApiUrl);
  return [origin, `https://hooks.${host}`];
}

async function respondTo(
  fetch: typeof globalThis.fetch,
  responseUrl: string,
  message: Parameters<Slack['respond']>[1],
): Promise<SlackResult<void>> {
  try {
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await beginningOf(answer);
    // Some refusals have status 200 and only say so in the body.
    if (answer.ok && !/"ok"\s*:\s*false/u.test(body)) return { ok: true, value: undefined };
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after'));
      return { ok: false, failure: { kind: 'rate_limited', retryAfterMs: (seconds > 0 ? seconds : 1) * 1000 } };
    }
    if (answer.status >= 500) return { ok: false, failure: { kind: 'unavailable' } };
    if (/invalid_blocks|invalid_payload|no_text|too_long/u.test(body))
      return { ok: false, failure: { kind: 'refused_payload', error: 'invalid_blocks', details: [] } };
    return { ok: false, failure: { kind: 'gone' } };
  } catch {
    return { ok: false, failure: { kind: 'unavailable' } };
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, ANSWER_BYTES);
}
