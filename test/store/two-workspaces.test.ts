import { describe, expect, it } from 'vitest';
import { aStore } from './support/a-store.ts';
import { ANA, aDraft, aRequest, requestId } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

describe('workspaces', () => {
  it('share nothing, not even a person with the same id', async () => {
    const [one, other] = [aStore(redis), aStore(redis)];
    await one.store.commit({
      draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
      request: { expectedRevision: null, next: aRequest({ tenant: one.workspaceId }) },
      once: 'press-1',
    });
    await one.store.lease('polling', 5000);

    expect(await other.store.draft(ANA)).toBeNull();
    expect(await other.store.request(requestId('req1'))).toBeNull();
    expect(await other.store.openRequests()).toEqual([]);
    expect(await other.store.commit({ once: 'press-1' })).toBe('committed');
    expect(await other.store.lease('polling', 5000)).not.toBeNull();
  });
});
