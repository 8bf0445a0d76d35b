import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, json } from './delivery.ts';
import { stageOf } from './fault.ts';
import type { FaultBox } from './faults.ts';
import type { Gates } from './gates.ts';
import type { JournalEntry } from './journal.ts';
import type { Keys } from './keys.ts';
import { misbehave } from './misbehave.ts';
import type { Admission } from './rate-limit.ts';
import { Rejection, type Reply, reject } from './rejection.ts';
import type { Match } from './routes.ts';
import type { Call, World } from './world.ts';

export type Exchange = {
  readonly world: World;
  readonly keys: Keys;
  readonly faults: FaultBox;
  readonly gates: Gates;
  readonly admit: (key: string) => Admission;
  readonly baseLatencyMs: number;
};

/** The checks, in order: key, rate, scope, path, content type, JSON, company; then the operation's own. */
export async function answer(
  on: Exchange,
  request: IncomingMessage,
  matched: Match | undefined,
  rawBody: string,
  entry: JournalEntry,
): Promise<Delivery> {
  let rateHeaders: Readonly<Record<string, string>> = {};
  try {
    const { access, key } = on.keys.accessOf(request.headers.authorization);
    if (access === 'none' || key === null) return json({ status: 401, body: { error: 'Unauthorized' } });
    const admission = on.admit(key);
    rateHeaders = admission.headers;
    if (!admission.allowed) reject(429, 'Too many requests, please try again later.');
    if (!matched) return reject(404, 'Not found');
    if (access === 'read' && matched.route.method !== 'GET') reject(403, 'INSUFFICIENT_SCOPE');
    const call = readCall(request, matched, rawBody, entry);
    if (on.baseLatencyMs > 0) await sleep(on.baseLatencyMs);
    const delivery = await perform(on, matched, call, entry);
    // A 429 here comes from a fault, which sets its own headers.
    return delivery.kind === 'text' && delivery.status === 429 ? delivery : withHeaders(delivery, rateHeaders);
  } catch (error) {
    return withHeaders(json(asReply(error)), rateHeaders);
  }
}

function readCall(request: IncomingMessage, { route, params }: Match, rawBody: string, entry: JournalEntry): Call {
  for (const [name, value] of Object.entries(params)) {
    if (!/^[1-9]\d*$/.test(value)) reject(400, `${name} must match ^[1-9]\\d*$`);
  }
  const call = { operation: route.operation, method: route.method, params, query: entry.query, body: undefined };
  if (route.method === 'GET') return call;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    reject(400, 'Content-Type must be application/json');
  }
  try {
    entry.body = JSON.parse(rawBody);
  } catch {
    reject(400, 'body must be valid JSON');
  }
  return { ...call, body: entry.body };
}

async function perform(on: Exchange, { route }: Match, call: Call, entry: JournalEntry): Promise<Delivery> {
  const { slowMs, fault, kinds } = on.faults.draw(call);
  entry.faults = kinds;
  const { others, done } = enterValidate(on.world, call);
  try {
    if (others > 0 && on.world.rules.concurrentValidate === 'conflict') return json(conflict);
    if (slowMs.before > 0) await sleep(slowMs.before);
    if (fault && stageOf(fault) === 'before_commit') return misbehave(fault, { status: 200, body: {} }, on.world.now);
    await on.gates.pass(call.operation, 'before_commit');
    const isBehind = fault?.kind === 'lag' && call.method === 'GET';
    const world = isBehind ? { ...on.world, state: on.world.state.beforeLastChange() } : on.world;
    const reply = run(world, route.handler, fault?.kind === 'row_left' ? oneRowOn(call) : call);
    await on.gates.pass(call.operation, 'after_commit');
    if (slowMs.after > 0) await sleep(slowMs.after);
    return fault ? misbehave(fault, reply, on.world.now) : json(reply);
  } finally {
    done();
  }
}

/** What the same offset finds once an earlier row is gone. */
function oneRowOn(call: Call): Call {
  return { ...call, query: { ...call.query, offset: String(Number(call.query.offset ?? 0) + 1) } };
}

function run(world: World, handler: Match['route']['handler'], call: Call): Reply {
  try {
    if (!world.state.company.exists) reject(404, 'COMPANY_NOT_FOUND');
    return handler(world, call);
  } catch (error) {
    return asReply(error);
  }
}

const conflict: Reply = { status: 409, body: { error: 'VALIDATE_CART_CONFLICT' } };

function enterValidate({ validating }: World, call: Call): { readonly others: number; readonly done: () => void } {
  if (call.operation !== 'validateCart') return { others: 0, done: () => undefined };
  const orderId = Number(call.params.order_id);
  const others = validating.get(orderId) ?? 0;
  validating.set(orderId, others + 1);
  return { others, done: () => void validating.set(orderId, (validating.get(orderId) ?? 1) - 1) };
}

function asReply(error: unknown): Reply {
  return error instanceof Rejection ? error.reply() : { status: 500, body: { error: 'INTERNAL_ERROR' } };
}

function withHeaders(delivery: Delivery, headers: Readonly<Record<string, string>>): Delivery {
  return delivery.kind === 'text' ? { ...delivery, headers: { ...headers, ...delivery.headers } } : delivery;
}
