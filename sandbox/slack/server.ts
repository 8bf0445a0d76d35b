import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from './core.ts';
import { type Obj, obj, parseJson, str } from './json.ts';
import { answerResponseUrl } from './response-url.ts';
import { createDispatcher, faultReply, type Reply } from './web-api/dispatch.ts';

const jsonFields = new Set(['blocks', 'view', 'attachments', 'metadata', 'message', 'unfurls']);

/** The URLs the app calls: /api/<method> and the response URLs. */
export function createSlackServer(core: Core): Server {
  const dispatch = createDispatcher(core);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const at = core.now();
    const raw = await bodyOf(request);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const type = request.headers['content-type'] ?? '';
    const isApi = path.startsWith('/api/');
    const route = isApi ? path.slice('/api/'.length) : 'response_url';
    const payload = isApi ? readArgs(route, type, raw) : (parseJson(raw) ?? raw);
    const reply = isApi
      ? await dispatch({ method: route, args: obj(payload), token: takeToken(core, request, obj(payload)) })
      : await answerUrl(core, path, payload);
    const ms = performance.now() - started;
    core.journal.add({
      at,
      direction: 'from_app',
      route,
      target: path,
      payload,
      status: reply.status,
      answer: reply.body,
      ms,
    });
    send(request, response, reply);
  };
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      core.violations.note({ severity: 'breach', rule: 'stand_in_failed', where: request.url ?? '', detail });
      send(request, response, { status: 500, headers: {}, body: 'stand-in failed' });
    });
  });
}

async function answerUrl(core: Core, path: string, payload: unknown): Promise<Reply> {
  const fault = core.faults.next('response_url', obj(payload));
  if (fault?.latencyMs !== undefined) await sleep(fault.latencyMs, undefined, { ref: false });
  const instead = fault === undefined ? undefined : faultReply(fault);
  if (instead !== undefined && !fault?.afterEffect) return instead;
  const reply = answerResponseUrl(core, path, payload);
  return instead ?? reply;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Methods that read take a form only: Slack does not see the arguments of a JSON body. */
const takesJson = /^(?:auth|blocks|chat|conversations|views)\./u;

/** Parses form fields that hold JSON; a JSON body has them parsed already. */
function readArgs(method: string, type: string, raw: string): Obj {
  if (type.startsWith('application/json')) return takesJson.test(method) ? obj(parseJson(raw)) : {};
  const fields: Obj = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    fields[name] = jsonFields.has(name) ? (parseJson(value) ?? value) : value;
  }
  return fields;
}

/** Removes the token from the arguments, so that no journal holds it. */
function takeToken(core: Core, request: IncomingMessage, args: Obj): string | undefined {
  const inBody = str(args.token);
  delete args.token;
  if (/[?&]token=/.test(request.url ?? '')) {
    const detail = 'a token in a URL ends up in logs; send it in the Authorization header';
    core.violations.note({ severity: 'breach', rule: 'token_in_url', where: 'web api', detail });
  }
  const header = request.headers.authorization;
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : inBody;
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply.reset) {
    request.socket.destroy();
    return;
  }
  const isText = typeof reply.body === 'string';
  const type = isText ? 'text/plain' : 'application/json; charset=utf-8';
  response.writeHead(reply.status, { 'content-type': type, ...reply.headers });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}
