import type { WorkspaceId } from '../domain/ids.ts';
import { createCache } from './cache.ts';
import { commit } from './commit.ts';
import { createDirectory } from './directory.ts';
import { readDeputy, readDraft, readDrafts, readPreferences, setPreferences } from './drafts.ts';
import { keysOf } from './keys.ts';
import {
  claimGeneration,
  claimNextGeneration,
  increment,
  isCurrentGeneration,
  recall,
  remember,
  takeLease,
} from './leases.ts';
import { dropFromOutbox, readOutbox } from './outbox.ts';
import type { StoreParts, Unreadable } from './parts.ts';
import {
  dropUnmatched,
  noteHomeOpened,
  noteUnmatched,
  peopleWithHome,
  putProfile,
  readLink,
  readLinks,
  readProfile,
  readUnmatched,
} from './people.ts';
import { connectionTo, type RedisClient } from './redis.ts';
import {
  dropCopy,
  dropFollowedOrder,
  putCopy,
  putSweepMark,
  readCopies,
  readFollowed,
  readOpenRequests,
  readRequest,
  readRequestForOrder,
  readRequestsBy,
  readRequestsWaitingFor,
  readSweepMark,
  renewFollowedOrders,
} from './requests.ts';
import type { Seal } from './seal.ts';
import type { WorkspaceStore } from './store.ts';
import {
  clearPause,
  createSettingsCodec,
  readAudit,
  readAuditPage,
  readPause,
  readSettings,
  readStop,
  setPause,
} from './workspace.ts';

export interface WorkspaceStoreOptions {
  /** From `connectRedis(url, 'commands')`; shared by all workspaces and closed by whoever opened it. */
  readonly redis: RedisClient;
  readonly workspaceId: WorkspaceId;
  readonly seal: Seal;
  readonly now?: () => number;
  readonly onUnreadable?: (what: Unreadable) => void;
}

/** One for each workspace and process: it shares loads and holds the directory's names between calls. */
export function createWorkspaceStore(options: WorkspaceStoreOptions): WorkspaceStore {
  const parts = partsOf(options);
  return {
    commit: (change) => commit(parts, change),
    draft: (slackUserId) => readDraft(parts, slackUserId),
    drafts: () => readDrafts(parts),
    preferences: (slackUserId) => readPreferences(parts, slackUserId),
    setPreferences: (slackUserId, change) => setPreferences(parts, slackUserId, change),
    deputy: (slackUserId) => readDeputy(parts, slackUserId),
    request: (requestId) => readRequest(parts, requestId),
    requestForOrder: (fleetOrderId) => readRequestForOrder(parts, fleetOrderId),
    openRequests: () => readOpenRequests(parts),
    requestsBy: (requester, limit) => readRequestsBy(parts, requester, limit),
    requestsWaitingFor: (approver) => readRequestsWaitingFor(parts, approver),
    followedOrders: () => readFollowed(parts),
    dropFollowedOrder: (order) => dropFollowedOrder(parts, order),
    renewFollowedOrders: (orders) => renewFollowedOrders(parts, orders),
    sweepMark: () => readSweepMark(parts),
    putSweepMark: (mark) => putSweepMark(parts, mark),
    copies: (requestId) => readCopies(parts, requestId),
    putCopy: (requestId, copy) => putCopy(parts, requestId, copy),
    dropCopy: (requestId, copy) => dropCopy(parts, requestId, copy),
    settings: async () => (await readSettings(parts)).settings,
    savedSettings: () => readSettings(parts),
    link: (slackUserId) => readLink(parts, parts.keys.link(slackUserId)),
    linkOf: (fleetUserId) => readLink(parts, parts.keys.linkOf(fleetUserId)),
    links: (limit) => readLinks(parts, limit),
    noteUnmatched: (slackUserId) => noteUnmatched(parts, slackUserId),
    unmatchedPeople: () => readUnmatched(parts),
    noteHomeOpened: (slackUserId) => noteHomeOpened(parts, slackUserId),
    peopleWithHome: (people) => peopleWithHome(parts, people),
    dropUnmatched: (slackUserId) => dropUnmatched(parts, slackUserId),
    stop: () => readStop(parts),
    pause: () => readPause(parts),
    setPause: (pause) => setPause(parts, pause),
    clearPause: () => clearPause(parts),
    outbox: (olderThanMs) => readOutbox(parts, olderThanMs),
    dropFromOutbox: (ids) => dropFromOutbox(parts, ids),
    audit: (afterId) => readAudit(parts, afterId),
    auditPage: (page) => readAuditPage(parts, page),
    lease: (name, ms) => takeLease(parts.connection, parts.keys.lease(name), ms),
    claimGeneration: (viewId, actionTs) => claimGeneration(parts, viewId, actionTs),
    claimNextGeneration: (viewId) => claimNextGeneration(parts, viewId),
    isCurrentGeneration: (viewId, actionTs) => isCurrentGeneration(parts, viewId, actionTs),
    remember: (name, value, ms) => remember(parts, name, value, ms),
    recall: (names) => recall(parts, names),
    increment: (name, ms) => increment(parts, name, ms),
    directory: createDirectory(parts),
    cache: createCache(parts),
    profile: (slackUserId) => readProfile(parts, slackUserId),
    putProfile: (profile) => putProfile(parts, profile),
  };
}

function partsOf({ redis, workspaceId, seal, now = Date.now, onUnreadable = () => undefined }: WorkspaceStoreOptions) {
  const keys = keysOf(workspaceId);
  const settingsCodec = createSettingsCodec((setting) => {
    onUnreadable({ record: `setting ${setting}`, key: keys.settings });
  });
  const parts: StoreParts = {
    workspaceId,
    keys,
    connection: connectionTo(redis),
    seal,
    now,
    onUnreadable,
    settingsCodec,
  };
  return parts;
}
