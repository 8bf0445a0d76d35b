import type { DraftCart } from '../domain/cart/cart.ts';
import { FleetOrderId, parseFleetId, type RequestId, type SlackUserId } from '../domain/ids.ts';
import { listingOfDraft, listingOfRequest, listingText } from '../domain/orders/listing.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import { type CartFilter, type PageOf, pageAt } from '../domain/screens.ts';
import { readWith } from './codec.ts';
import { draftCodec, draftRecords } from './drafts.ts';
import type { StoreParts } from './parts.ts';
import { readRequests, requestCodec, waitingBounds } from './requests.ts';

/**
 * Lists of open carts and requests, oldest first. Redis filters, counts and pages them by the listing that is kept with
 * each record: only the rows of one page are read. A record that another release saved has none of its revision. It is
 * then read, and its listing kept, so that no list lacks it.
 */
export const openCartRecords = {
  /** `rowsAfter`: how many rows of the same list follow these. `now`: by the services' clock. */
  async openCarts(parts: StoreParts, { filter, now, page, size, rowsAfter = 0 }: WantedCarts): Promise<OpenCarts> {
    const { openRequests, drafts } = parts.keys;
    const args = [now, filter, page, size, rowsAfter];
    const [, open, stuck, count, listed] = await askListings<FoundCarts>(
      parts,
      openCartsScript,
      [openRequests, drafts],
      args,
    );
    const idsOf = (kind: Kind) => listed.flatMap(([one, id]) => (one === kind ? [id] : []));
    const [requests, carts] = await Promise.all([
      readRequests(parts, idsOf('request')),
      readDrafts(parts, idsOf('draft')),
    ]);
    const rows = listed.flatMap(([kind, id, since]): OpenCart[] => {
      const request = kind === 'request' ? requests.find((one) => one.id === id) : undefined;
      if (request !== undefined) return [{ kind: 'request', request }];
      const draft = kind === 'draft' ? carts.get(id) : undefined;
      return draft === undefined ? [] : [{ kind: 'draft', draft, savedAt: Number(since) }];
    });
    return { rows, count, open, stuck };
  },

  /** Of all open and kept carts. */
  async openCartNumbers(parts: StoreParts): Promise<readonly FleetOrderId[]> {
    const { openRequests, drafts } = parts.keys;
    const [, numbers] = await askListings<FoundNumbers>(parts, numbersScript, [openRequests, drafts], []);
    return numbers.flatMap((number) => parseFleetId(FleetOrderId, number) ?? []);
  },

  /** Pending requests of this approver. */
  async requestsPendingFor(
    parts: StoreParts,
    approver: SlackUserId,
    { page, size }: { readonly page: number; readonly size: number },
  ): Promise<PageOf<DeviceRequest>> {
    const args = [...waitingBounds(approver), page, size];
    const [, count, ids] = await askListings<FoundIds>(parts, pendingScript, [parts.keys.waiting], args);
    return { ...pageAt(count, page, size), rows: await readRequests(parts, ids) };
  },

  /** How many open requests wait for this approver, whether they are pending or being sent. */
  async countWaitingFor({ keys, connection }: StoreParts, approver: SlackUserId): Promise<number> {
    const [from, to] = waitingBounds(approver);
    return connection.read('ZLEXCOUNT', keys.waiting, from, to);
  },

  /** The newest request for this order, and the drafts of its cart. One script whether there are any or not. */
  async recordsOfOrder(parts: StoreParts, order: FleetOrderId): Promise<RecordsOfOrder> {
    const { keys, connection } = parts;
    const args = [...prefixes(parts), `[${order}|`, `(${order}}`];
    const ask = async () =>
      (await connection.readScript(
        orderScript,
        [keys.newestForOrder(order), keys.draftsByOrder, keys.fact(ARE_INDEXED)],
        args,
      )) as FoundOrder;
    let [areIndexed, id, json, drafts] = await ask();
    if (areIndexed === 0) {
      await openCartRecords.indexDrafts(parts);
      [, id, json, drafts] = await ask();
    }
    return {
      request: readWith(parts, requestCodec, { record: 'request', key: keys.request(id as RequestId) }, json),
      // A draft that expired, or that an earlier release saved since, left its place in the index.
      drafts: drafts.flatMap(([owner, text]) => {
        const slackUserId = owner as SlackUserId;
        const draft = readWith(parts, draftCodec, { record: 'draft', key: keys.draft(slackUserId) }, text);
        return draft?.fleetOrderId === order ? [{ slackUserId, draft }] : [];
      }),
    };
  },

  /** Once, and again daily while instances of an earlier release may still save drafts without their number. */
  async indexDrafts(parts: StoreParts): Promise<void> {
    const { drafts, draftsByOrder, fact, stop } = parts.keys;
    const keys = [drafts, draftsByOrder, fact(ARE_INDEXED), stop];
    // Every record has its listing then.
    await openCartRecords.openCartNumbers(parts);
    await parts.connection.script(indexDraftsScript, keys, [...prefixes(parts), DAY_MS]);
  },
};

const ARE_INDEXED = 'drafts-by-order';
const DAY_MS = 24 * 60 * 60 * 1000;

interface WantedCarts {
  readonly filter: CartFilter;
  readonly now: number;
  readonly page: number;
  readonly size: number;
  readonly rowsAfter?: number;
}

export type OpenCart =
  | { readonly kind: 'request'; readonly request: DeviceRequest }
  | { readonly kind: 'draft'; readonly draft: DraftCart; readonly savedAt: number };

interface OpenCarts {
  readonly rows: readonly OpenCart[];
  readonly count: number;
  /** Of all, whatever the filter. */
  readonly open: number;
  readonly stuck: number;
}

interface RecordsOfOrder {
  readonly request: DeviceRequest | null;
  readonly drafts: readonly { readonly slackUserId: SlackUserId; readonly draft: DraftCart }[];
}

type Kind = 'request' | 'draft';
/** Each script first answers which records have no listing. */
type Unlisted = readonly (readonly [kind: Kind, id: string])[];
type Listed = readonly (readonly [kind: Kind, id: string, since: string])[];
type FoundCarts = readonly [unlisted: Unlisted, open: number, stuck: number, count: number, rows: Listed];
type FoundOrder = readonly [
  areIndexed: number,
  id: string,
  json: string | null,
  drafts: readonly (readonly [owner: string, json: string | null])[],
];
type FoundNumbers = readonly [unlisted: Unlisted, numbers: readonly string[]];
type FoundIds = readonly [unlisted: Unlisted, count: number, ids: readonly string[]];

/** The scripts read records that an index names: all keys of a workspace are in one slot. */
function prefixes({ keys }: StoreParts): readonly [request: string, draft: string] {
  return [keys.request('' as RequestId), keys.draft('' as SlackUserId)];
}

async function askListings<Found extends readonly [Unlisted, ...unknown[]]>(
  parts: StoreParts,
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<Found> {
  // Each script answers what its type says.
  const ask = async () => (await parts.connection.readScript(script, keys, [...prefixes(parts), ...args])) as Found;
  const found = await ask();
  if (found[0].length === 0) return found;
  await keepListings(parts, found[0]);
  // What is unlisted now is unreadable, or has been saved since.
  return ask();
}

const AT_ONCE = 200;

async function keepListings(parts: StoreParts, unlisted: Unlisted): Promise<void> {
  const { keys, connection } = parts;
  for (let from = 0; from < unlisted.length; from += AT_ONCE) {
    const some = unlisted.slice(from, from + AT_ONCE);
    const idsOf = (kind: Kind) => some.flatMap(([one, id]) => (one === kind ? [id] : []));
    const [requests, drafts] = await Promise.all([
      readRequests(parts, idsOf('request')),
      readDrafts(parts, idsOf('draft')),
    ]);
    const kept = new Map<string, string>();
    for (const request of requests)
      kept.set(keys.request(request.id), listingText(request.revision, listingOfRequest(request)));
    for (const [owner, draft] of drafts)
      kept.set(keys.draft(owner as SlackUserId), listingText(draft.revision, listingOfDraft(draft)));
    if (kept.size > 0) await connection.script(keepScript, [...kept.keys()], [...kept.values()]);
  }
}

async function readDrafts(parts: StoreParts, owners: readonly string[]): Promise<ReadonlyMap<string, DraftCart>> {
  const drafts = await Promise.all(owners.map((owner) => draftRecords.draft(parts, owner as SlackUserId)));
  return new Map(owners.flatMap((owner, at) => (drafts[at] ? [[owner, drafts[at]]] : [])));
}

/** `listingOf` answers nothing for a record that is gone, or has no listing. */
const luaListing = `
local prefixes = { request = ARGV[1], draft = ARGV[2] }
local unlisted = {}
local function listingOf(kind, id)
  local found = redis.call('HMGET', prefixes[kind] .. id, 'rev', 'listed')
  local rev, place, after, number = string.match(found[2] or '', '^(%d+)|(%a+)|(%d*)|(%d*)$')
  if rev and rev == found[1] then return place, tonumber(after), number end
  if found[1] then table.insert(unlisted, { kind, id }) end
end
`;

/** All open carts, oldest first. Another account's record of a cart that was sent is the same cart. */
const luaCollect = `
${luaListing}
local function collect()
  local sent, requests, drafts, all = {}, {}, {}, {}
  local function add(to, kind, id, since)
    local place, after, number = listingOf(kind, id)
    if not place or place == 'unlisted' or (kind == 'draft' and sent[number]) then return end
    if kind == 'request' then sent[number] = true end
    table.insert(to, { kind = kind, id = id, since = since, place = place, after = after, number = number })
  end
  local open = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  for at = 1, #open, 2 do add(requests, 'request', open[at], open[at + 1]) end
  local saved = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
  for at = 1, #saved, 2 do add(drafts, 'draft', saved[at], saved[at + 1]) end
  local r, d = 1, 1
  while requests[r] or drafts[d] do
    if not drafts[d] or (requests[r] and tonumber(requests[r].since) <= tonumber(drafts[d].since)) then
      table.insert(all, requests[r])
      r = r + 1
    else
      table.insert(all, drafts[d])
      d = d + 1
    end
  end
  return all
end
`;

/** The rows of a page, which is the last one if the list got shorter: see `pageAt`. */
const luaPage = `
local function pageOf(rows, page, size, after)
  local shown = {}
  local last = math.max(1, math.ceil((#rows + after) / size)) - 1
  local from = math.min(page, last) * size
  for at = from + 1, math.min(from + size, #rows) do table.insert(shown, rows[at]) end
  return shown
end
`;

const openCartsScript = `
${luaCollect}
${luaPage}
local now, filter = tonumber(ARGV[3]), ARGV[4]
local open, stuck, wanted = 0, 0, {}
for _, one in ipairs(collect()) do
  local isStuck = one.after and now > one.after
  if one.place ~= 'kept' then open = open + 1 end
  if isStuck then stuck = stuck + 1 end
  if filter == 'all' or (filter == 'open' and one.place ~= 'kept') or (filter == 'stuck' and isStuck)
    or filter == one.place then table.insert(wanted, { one.kind, one.id, one.since }) end
end
return { unlisted, open, stuck, #wanted, pageOf(wanted, tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])) }
`;

const numbersScript = `
${luaCollect}
local numbers = {}
for _, one in ipairs(collect()) do table.insert(numbers, one.number) end
return { unlisted, numbers }
`;

const pendingScript = `
${luaListing}
${luaPage}
local ids = {}
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[3], ARGV[4], 'BYLEX')) do
  local id = string.match(member, '[^|]*$')
  if listingOf('request', id) == 'pending' then table.insert(ids, id) end
end
return { unlisted, #ids, pageOf(ids, tonumber(ARGV[5]), tonumber(ARGV[6]), 0) }
`;

const indexDraftsScript = `
${luaListing}
for _, owner in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local _, _, number = listingOf('draft', owner)
  if number and number ~= '' then redis.call('ZADD', KEYS[2], 0, number .. '|' .. owner) end
end
-- What was erased leaves nothing behind.
if redis.call('EXISTS', KEYS[4]) == 0 then redis.call('SET', KEYS[3], '1', 'PX', ARGV[3]) end
return 0
`;

/** A record that expired meanwhile stays gone. */
const keepScript = `
for at, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then redis.call('HSET', key, 'listed', ARGV[at]) end
end
return 0
`;

const orderScript = `
local id = redis.call('HGET', KEYS[1], 'id') or ''
local request = redis.call('HGET', ARGV[1] .. id, 'json')
local drafts = {}
for _, member in ipairs(redis.call('ZRANGE', KEYS[2], ARGV[3], ARGV[4], 'BYLEX')) do
  local owner = string.match(member, '[^|]*$')
  table.insert(drafts, { owner, redis.call('HGET', ARGV[2] .. owner, 'json') })
end
return { redis.call('EXISTS', KEYS[3]), id, request, drafts }
`;
