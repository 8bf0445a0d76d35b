import { Agent, type Dispatcher } from 'undici';
import { slackFailureOf } from './failure.ts';
import type { SlackResult } from './slack.ts';

/** As many calls at once as Slack's own client makes; the others wait. */
const MAX_CONNECTIONS = 100;
/** Ten times the members of the largest user group. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The connections to Slack, kept alive, for every call of the process. */
export function createSlackAgent(): Agent {
  return new Agent({ connections: MAX_CONNECTIONS, maxResponseSize: MAX_ANSWER_BYTES });
}

interface Post {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One request, never resent: what timed out may have been done. Redirects are answers, not followed. Null: no answer, or
 * not the whole of it in time.
 */
export async function post<T>(
  agent: Dispatcher,
  { origin, path, headers, body }: Post,
  timeoutMs: number,
  read: (answer: Dispatcher.ResponseData) => Promise<T>,
): Promise<T | null> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    return await read(await agent.request({ origin, path, method: 'POST', headers, body, signal: late.signal }));
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** What we read of Slack's answers. */
export interface SlackAnswer {
  readonly team_id?: string;
  readonly bot_id?: string;
  readonly user_id?: string;
  /** Of the token, if Slack says. */
  readonly scopes?: readonly string[];
  readonly view?: { readonly id?: string; readonly hash?: string };
  readonly channel?: string;
  readonly ts?: string;
  readonly user?: SlackUser;
  readonly users?: readonly string[];
  readonly usergroups?: readonly { readonly id?: string; readonly name?: string; readonly date_delete?: number }[];
}

export interface SlackUser {
  readonly id?: string;
  readonly team_id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly real_name?: string; readonly display_name?: string; readonly email?: string };
  readonly tz?: string;
  readonly locale?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_admin?: boolean;
  readonly is_owner?: boolean;
  readonly is_primary_owner?: boolean;
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

/** Calls a method. A rate limit is a failure like any other: no call is paused or sent again. */
export type WebApi = (method: string, args?: object) => Promise<SlackResult<SlackAnswer>>;

interface WebApiOptions {
  readonly agent: Dispatcher;
  readonly token: string;
  /** Slack's own when left out; ends in `/api/`. */
  readonly slackApiUrl?: string | undefined;
  readonly timeoutMs: number;
}

/** Those of our methods that take JSON, which needs half the bytes of a form that holds JSON. */
const takesJson = /^(?:views|chat)\./u;

export function createWebApi({ agent, token, slackApiUrl, timeoutMs }: WebApiOptions): WebApi {
  const { origin, pathname } = new URL(slackApiUrl ?? 'https://slack.com/api/');
  const base = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const authorization = `Bearer ${token}`;
  const json = { authorization, 'content-type': 'application/json; charset=utf-8' };
  const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  return async (method, args = {}) => {
    const sent = takesJson.test(method)
      ? { headers: json, body: JSON.stringify(args) }
      : { headers: form, body: formOf(args) };
    const answer = await post(agent, { origin, path: `${base}${method}`, ...sent }, timeoutMs, async (response) => ({
      status: response.statusCode,
      headers: response.headers,
      text: await response.body.text(),
    }));
    return answer === null ? { ok: false, failure: { kind: 'unavailable' } } : read(answer);
  };
}

function formOf(args: object): string {
  const fields = Object.entries(args).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

interface HttpAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly text: string;
}

function read({ status, headers, text }: HttpAnswer): SlackResult<SlackAnswer> {
  if (status === 429) {
    const seconds = Number.parseInt(String(headers['retry-after']), 10);
    return { ok: false, failure: Number.isNaN(seconds) ? { kind: 'unavailable' } : limited(seconds) };
  }
  const answer = status === 200 ? parse(text) : null;
  if (answer === null) return { ok: false, failure: { kind: 'unavailable' } };
  if (answer.ok !== true) return { ok: false, failure: slackFailureOf(answer) };
  const scopes = headers['x-oauth-scopes'];
  return {
    ok: true,
    value:
      scopes === undefined
        ? answer
        : {
            ...answer,
            scopes: String(scopes)
              .trim()
              .split(/\s*,\s*/u),
          },
  };
}

const limited = (seconds: number) => ({ kind: 'rate_limited', retryAfterMs: seconds * 1_000 }) as const;

type Parsed = SlackAnswer & Parameters<typeof slackFailureOf>[0] & { readonly ok?: boolean };

/** Null: it is no answer of Slack's, such as a gateway's page. */
function parse(text: string): Parsed | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? (parsed as Parsed | null) : null;
  } catch {
    return null;
  }
}
