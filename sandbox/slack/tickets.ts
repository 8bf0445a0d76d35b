import type { Ids } from './ids.ts';

export const triggerLifeMs = 3000;
export const responseUrlLifeMs = 30 * 60_000;
export const responseUrlUses = 5;

export interface Trigger {
  id: string;
  userId: string;
  /** The modal in which the person acted; `views.push` needs one. */
  viewId?: string;
  issuedAt: number;
  used: boolean;
}

export interface ResponseUrl {
  path: string;
  userId: string;
  channel: string;
  issuedAt: number;
  uses: number;
  /** The message that replace_original and delete_original refer to. */
  original?: { channel: string; ts: string };
}

export interface Tickets {
  issueTrigger(userId: string, viewId?: string): string;
  trigger(id: string): Trigger | undefined;
  issueResponseUrl(
    kind: 'commands' | 'actions' | 'app',
    userId: string,
    channel: string,
    original?: ResponseUrl['original'],
  ): string;
  responseUrl(path: string): ResponseUrl | undefined;
}

const kept = 20_000;

export function createTickets(now: () => number, ids: Ids, where: { baseUrl: () => string; teamId: string }): Tickets {
  const triggers = new Map<string, Trigger>();
  const urls = new Map<string, ResponseUrl>();
  const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
    map.set(key, value);
    const oldest = map.size > kept ? map.keys().next().value : undefined;
    if (oldest !== undefined) map.delete(oldest);
  };
  return {
    issueTrigger(userId, viewId) {
      const id = `${ids.ts().replace('.', '')}.${where.teamId}.${ids.secret()}`;
      keep(triggers, id, { id, userId, ...(viewId === undefined ? {} : { viewId }), issuedAt: now(), used: false });
      return id;
    },
    trigger: (id) => triggers.get(id),
    issueResponseUrl(kind, userId, channel, original) {
      const path = `/${kind}/${where.teamId}/${ids.next('')}/${ids.secret()}`;
      keep(urls, path, {
        path,
        userId,
        channel,
        issuedAt: now(),
        uses: 0,
        ...(original === undefined ? {} : { original }),
      });
      return `${where.baseUrl()}${path}`;
    },
    responseUrl: (path) => urls.get(path),
  };
}
