import type { FleetOrderId, FleetUserId, RequestId, SlackUserId, SlackViewId, WorkspaceId } from '../domain/ids.ts';

const PREFIX = 'fleet-slack:v1';

/** BullMQ's prefix, with a hash tag of its own: all keys of the queue's scripts are in one slot. */
export const QUEUE_PREFIX = `{${PREFIX}:queue}`;

// A brace would end the hash tag early, and scatter a workspace's keys over slots or mix two workspaces' keys.
const WORKSPACE_ID = /^[A-Za-z0-9_-]+$/;

export type WorkspaceKeys = ReturnType<typeof keysOf>;

/** Every key of one workspace. Its id comes first, as the hash tag, so that all keys of a script share a slot. */
export function keysOf(workspaceId: WorkspaceId) {
  if (!WORKSPACE_ID.test(workspaceId)) throw new RangeError('not a workspace id');
  const key = (...parts: readonly (string | number)[]) => [`${PREFIX}:{${workspaceId}}`, ...parts].join(':');
  return {
    /** A pattern that matches all keys of the workspace and no others. */
    everything: key('*'),
    draft: (slackUserId: SlackUserId) => key('draft', slackUserId),
    /** Sorted set of the outbox's items that change this person's cart, by when they were accepted. */
    changes: (slackUserId: SlackUserId) => key('draft', slackUserId, 'changes'),
    /** Sorted set of Slack users, by when their draft was last saved. */
    drafts: key('drafts'),
    /** Sorted set of `<order>|<Slack user>`, read in byte order. */
    draftsByOrder: key('drafts', 'by-order'),
    request: (requestId: RequestId) => key('request', requestId),
    /** Sorted set of open requests, by when they were created. */
    openRequests: key('requests', 'open'),
    requestsBy: (requester: SlackUserId) => key('requests', 'by', requester),
    /** Sorted set of `<approver>|<created>|<request>`, read in byte order. */
    waiting: key('requests', 'waiting'),
    /** Sorted set of `<order>|<request>|<status>`: orders that can still change in Fleet. */
    followed: key('requests', 'followed'),
    /** Set of requests that ended without an order, which Fleet hasn't confirmed yet. */
    unchecked: key('requests', 'unchecked'),
    /** Set of orders whose newest request ended without one: sweeps look whether that stays so. */
    watched: key('requests', 'watched'),
    sweep: key('requests', 'sweep'),
    newestForOrder: (fleetOrderId: FleetOrderId) => key('order', fleetOrderId),
    copies: (requestId: RequestId) => key('copies', requestId),
    /** Messages about a request that may have to be rewritten. */
    told: (requestId: RequestId) => key('told', requestId),
    /** Something to be added in Fleet, by what it says. */
    fleetTask: (taskId: string) => key('fleet-task', taskId),
    once: (name: string) => key('once', name),
    fact: (name: string) => key('fact', name),
    count: (name: string) => key('count', name),
    outbox: key('outbox'),
    /** Sorted set of the outbox's items that are not in the queue yet, by when they were accepted. */
    outboxTimes: key('outbox', 'times'),
    /** Sorted set of those that are, by when the queue is asked whether it still has them. */
    outboxQueued: key('outbox', 'queued'),
    /** Sorted set of timers that were dropped from the outbox, and may still be in the queue. */
    outboxCancelled: key('outbox', 'cancelled'),
    audit: key('audit'),
    preferences: (slackUserId: SlackUserId) => key('preferences', slackUserId),
    settings: key('settings'),
    link: (slackUserId: SlackUserId) => key('link', 'of-slack', slackUserId),
    linkOf: (fleetUserId: FleetUserId) => key('link', 'of-fleet', fleetUserId),
    /** Sorted set of linked Slack users, by when they were linked. */
    links: key('links'),
    /** Sorted set of Slack users, by when they last had no Fleet user. */
    unmatched: key('unmatched'),
    /** Set of Fleet addresses that were someone's own. */
    ownAddresses: key('addresses', 'own'),
    /** Sorted set of Slack users, by when they last opened the Home tab. */
    homes: key('homes'),
    pause: key('pause'),
    stop: key('stop'),
    lease: (name: string) => key('lease', name),
    generation: (viewId: SlackViewId) => key('turn', viewId),
    profile: (slackUserId: SlackUserId) => key('profile', slackUserId),
    cache: (name: string) => key('cache', name),
    cacheLoad: (name: string) => key('cache-load', name),
    directory: key('directory'),
    directoryRefresh: key('directory', 'refresh'),
    /** Hash of people whom we added in Fleet ourselves lately: a pass may have begun before. */
    directoryAdded: key('directory', 'added'),
    directoryPass: (pass: string) => ({
      people: key('directory', pass, 'people'),
      emails: key('directory', pass, 'emails'),
      blinds: key('directory', pass, 'blinds'),
      admins: key('directory', pass, 'admins'),
    }),
    budget: (share: 'all' | 'people' | 'background' | 'refresh') => key('budget', share),
    budgetOf: (slackUserId: SlackUserId) => key('budget', 'of', slackUserId),
    budgetPause: key('budget', 'pause'),
    /** Written by `/readyz`. */
    probe: key('probe'),
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a record outlives its last change. Settings, pause and outbox are kept. */
export const lifetimesMs = {
  draft: 180 * DAY,
  /** Longer than work stays in the outbox. */
  changes: 7 * DAY,
  /** Renewed daily while the order can still change in Fleet. */
  request: 365 * DAY,
  once: 7 * DAY,
  settledFleetTask: 7 * DAY,
  /** Longer than a pass over everyone takes, and than Fleet's lists lag. */
  addedPeople: HOUR,
  preferences: 365 * DAY,
  /** Longer than anyone keeps a modal open. */
  generation: DAY,
  profile: 2 * HOUR,
  /** For a pass whose process died. Renewed with each page, and longer than a page can take. */
  unfinishedPass: 15 * MINUTE,
  directory: 30 * DAY,
  unmatched: 30 * DAY,
  ownAddresses: 365 * DAY,
  openedHome: 90 * DAY,
  /** Longer than the data of a revoked workspace is kept. */
  stop: 60 * DAY,
  /** For a replaced pass: readers that just looked up the current pass can still read it. */
  replacedPass: MINUTE,
  probe: MINUTE,
  /** Longer than Fleet may take for one load. After it, another instance loads. */
  cacheLoad: 30 * SECOND,
} as const;

/** Of the people without a Fleet user, the newest are kept. */
export const MAX_UNMATCHED = 200;

/** Redis trims the audit stream in blocks, so it may keep a few more. */
export const MAX_AUDIT_ENTRIES = 1_000_000;

/** Per requester. Older requests are still found by id and by order. */
export const MAX_REQUESTS_LISTED = 1000;
