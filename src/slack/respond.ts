import type { Slack, SlackResult } from './slack.ts';

const TIMEOUT_MS = 3000;

/** Bolt's own `respond()` has neither time-out nor retry; response_url answers carry no `ts`. */
export async function respondTo(
  fetch: typeof globalThis.fetch,
  responseUrl: string,
  message: Parameters<Slack['respond']>[1],
): Promise<SlackResult<void>> {
  try {
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await answer.text();
    // Some refusals come with status 200 and say so in the body only.
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
