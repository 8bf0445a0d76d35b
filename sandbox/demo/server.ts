import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type ActAnswer, PanelAct, PersonAct } from './act-requests.ts';
import type { Live } from './live.ts';
import type { PageFiles } from './page-files.ts';

export interface DemoServerParts {
  readonly page: PageFiles;
  readonly live: Live;
  isPerson(userId: string): boolean;
  act(userId: string, act: PersonAct): Promise<ActAnswer>;
  panelAct(act: PanelAct): Promise<void>;
}

const Request = z.union([z.object({ as: z.string(), act: PersonAct }), z.object({ panel: PanelAct })]);
const MAX_BODY = 200_000;

/** Serves the page, what it shows (server-sent events) and the acts of its user. */
export function createDemoServer(parts: DemoServerParts): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : 'failed' }));
    });
  });
}

async function answer(parts: DemoServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // DNS rebinding can point another site's name here, so only requests for our own address are answered.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/u.test(request.headers.host ?? '')) return reply(response, 403, {});
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/live' && request.method === 'GET') {
    const userId = url.searchParams.get('as') ?? '';
    if (!parts.isPerson(userId)) return reply(response, 404, { error: 'there is no such person' });
    return parts.live.attach(userId, response);
  }
  if (url.pathname === '/act' && request.method === 'POST') return await act(parts, request, response);
  if (request.method === 'GET' && (await parts.page.serve(request, response))) return;
  reply(response, 404, { error: 'not found' });
}

async function act(parts: DemoServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page from another site cannot send JSON here without a preflight request, which gets no answer.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return reply(response, 415, {});
  const parsed = Request.safeParse(JSON.parse(await bodyOf(request)));
  if (!parsed.success) return reply(response, 400, { error: z.prettifyError(parsed.error) });
  try {
    if ('panel' in parsed.data) {
      await parts.panelAct(parsed.data.panel);
      return reply(response, 200, { reached: true });
    }
    if (!parts.isPerson(parsed.data.as)) return reply(response, 404, { error: 'there is no such person' });
    reply(response, 200, await parts.act(parsed.data.as, parsed.data.act));
  } catch (error) {
    // For example, a press on something removed a moment before: the page did nothing wrong.
    const refused: ActAnswer = { reached: false, refused: error instanceof Error ? error.message : 'failed' };
    reply(response, 200, refused);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('the request is too large');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
