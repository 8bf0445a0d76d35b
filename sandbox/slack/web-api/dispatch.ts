import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '../core.ts';
import type { Fault } from '../faults.ts';
import type { Obj } from '../json.ts';
import { Refusal, severityOf } from '../refusal.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import type { Method, Methods } from './method.ts';
import { createRateLimiter, type RateLimiter } from './rate-limits.ts';
import { userMethods } from './users.ts';
import { validateMethods } from './validate.ts';
import { viewMethods } from './views.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /** Cuts the connection instead of answering. */
  reset?: boolean;
}

const methods: Methods = {
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...userMethods,
  ...viewMethods,
  ...validateMethods,
};

export interface Call {
  method: string;
  args: Obj;
  token: string | undefined;
}

export function createDispatcher(core: Core): (call: Call) => Promise<Reply> {
  const limiter = createRateLimiter(core);
  return async (call) => {
    const fault = core.faults.next(call.method, call.args);
    if (fault?.latencyMs !== undefined && !fault.afterEffect) await sleep(fault.latencyMs, undefined, { ref: false });
    const instead = fault === undefined ? undefined : faultReply(fault);
    if (instead !== undefined && fault?.afterEffect !== true) return instead;
    const reply = answer(core, limiter, call);
    if (fault?.afterEffect && fault.latencyMs !== undefined) await sleep(fault.latencyMs, undefined, { ref: false });
    return instead ?? reply;
  };
}

export function faultReply({ reset, status, retryAfter, error }: Fault): Reply | undefined {
  if (reset) return { status: 0, headers: {}, body: undefined, reset: true };
  if (error !== undefined) return { status: 200, headers: {}, body: { ok: false, error } };
  if (status === 429 || retryAfter !== undefined) {
    return {
      status: 429,
      headers: { 'retry-after': String(retryAfter ?? 1) },
      body: { ok: false, error: 'ratelimited' },
    };
  }
  return status === undefined ? undefined : { status, headers: {}, body: 'Server Error' };
}

function answer(core: Core, limiter: RateLimiter, { method: name, args, token }: Call): Reply {
  const method = methods[name];
  if (method === undefined) {
    core.violations.note({
      severity: 'breach',
      rule: 'unknown_method',
      where: name,
      detail: 'not a method of this stand-in',
    });
    return { status: 404, headers: {}, body: { ok: false, error: 'unknown_method' } };
  }
  try {
    checkToken(core, token);
    checkScope(core, method);
    noteUnknownArgs(core, name, method, args);
    const wait = limiter.secondsToWait(name, method, args);
    if (wait > 0) {
      core.violations.note({
        severity: 'situation',
        rule: 'ratelimited',
        where: name,
        detail: `retry after ${wait} s`,
      });
      return { status: 429, headers: { 'retry-after': String(wait) }, body: { ok: false, error: 'ratelimited' } };
    }
    return ok({ ok: true, ...method.answer(core, args) }, core);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return ok(refused(core, name, error, method), core);
  }
}

function noteUnknownArgs(core: Core, name: string, method: Method, args: Obj): void {
  // The client adds team_id to every call.
  const unknown = Object.keys(args).filter((arg) => arg !== 'team_id' && !method.args.includes(arg));
  if (unknown.length === 0) return;
  const detail = `Slack does not know ${unknown.join(', ')}`;
  core.violations.note({ severity: 'breach', rule: 'unknown_argument', where: name, detail });
}

function ok(body: Obj, core: Core): Reply {
  return { status: 200, headers: { 'x-oauth-scopes': core.manifest.scopes.join(',') }, body };
}

function checkToken(core: Core, token: string | undefined): void {
  if (token === undefined) throw new Refusal('not_authed');
  if (token !== core.settings.botToken) throw new Refusal('invalid_auth');
  if (core.state.tokenRevoked) throw new Refusal('account_inactive');
}

function checkScope(core: Core, method: Method): void {
  const fits = method.scopes.length === 0 || method.scopes.some((scope) => core.manifest.scopes.includes(scope));
  if (!fits) throw new Refusal('missing_scope');
}

function refused(core: Core, name: string, { code, messages, errors }: Refusal, method: Method): Obj {
  const detail = [code, ...messages].join('; ');
  // Asking whether blocks are valid is not a breach when they aren't.
  const severity = name === 'blocks.validate' ? 'situation' : severityOf(code);
  core.violations.note({ severity, rule: code, where: name, detail });
  const scopes = { needed: method.scopes.join(','), provided: core.manifest.scopes.join(',') };
  return {
    ok: false,
    error: code,
    ...(code === 'missing_scope' ? scopes : {}),
    ...(messages.length > 0 ? { errors, response_metadata: { messages } } : {}),
  };
}
