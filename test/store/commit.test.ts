import { describe, expect, it } from 'vitest';
import { aStore } from './support/a-store.ts';
import { ANA, aDraft, anEntry, anItem, aRequest, requestId } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

const all = async <T>(iterable: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of iterable) found.push(one);
  return found;
};

describe('commit', () => {
  it('writes draft, request, work and audit in one step', async () => {
    const { store, tenant } = aStore(redis);
    const request = aRequest({ tenant });
    const draft = aDraft();
    const item = anItem({ notBefore: 5, work: { kind: 'remind', tenant, requestId: request.id } });

    const committed = await store.commit({
      draft: { slackUserId: ANA, was: null, is: draft },
      request: { was: null, is: request },
      work: [item],
      audit: [anEntry(), anEntry({ did: 'second', by: 'fleet_for_slack' })],
    });

    expect(committed).toBe('committed');
    expect(await store.draft(ANA)).toEqual(draft);
    expect(await store.request(request.id)).toEqual(request);
    expect(await store.outbox(0)).toEqual([item]);
    expect((await all(store.audit())).map(({ entry }) => entry)).toEqual([
      anEntry(),
      anEntry({ did: 'second', by: 'fleet_for_slack' }),
    ]);
  });

  it('writes nothing of it when one revision is not the one that was read', async () => {
    const { store, tenant } = aStore(redis);
    await store.commit({ draft: { slackUserId: ANA, was: null, is: aDraft() } });

    const committed = await store.commit({
      draft: { slackUserId: ANA, was: null, is: aDraft({ mode: 'BUY' }) },
      request: { was: null, is: aRequest({ tenant }) },
      work: [anItem({ work: { kind: 'refresh_directory', tenant } })],
      audit: [anEntry()],
      once: 'press-1',
    });

    expect(committed).toBe('conflict');
    expect(await store.draft(ANA)).toEqual(aDraft());
    expect(await store.request(requestId('req1'))).toBeNull();
    expect(await store.outbox(0)).toEqual([]);
    expect(await all(store.audit())).toEqual([]);
    expect(await store.commit({ once: 'press-1' })).toBe('committed');
  });
});
