import { describe, expect, it } from 'vitest';
import type { RequestId } from '../../../src/domain/ids.ts';
import { auditPage } from '../../../src/services/settings/audit.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from '../request/bench.ts';

const { redis } = await redisOfFile();

async function log(bench: Bench, did: string, times: number, requestId: RequestId | null = null): Promise<void> {
  const about = { requestId, fleetOrderId: null, from: null, to: null };
  const entry = { at: 1, by: 'fleet_for_slack', did, ...about, surface: 'job', outcome: 'done' } as const;
  await bench.store.commit({ audit: Array.from({ length: times }, () => entry) });
}

describe('a page of the audit log', () => {
  it('knows the request that an entry is about, as it is now', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    await log(bench, 'request_sent', 1, request.id);
    await log(bench, 'request_sent', 1, 'gone' as RequestId);

    const { rows } = await auditPage(bench.context, { filter: 'all', before: undefined, limit: 20 });

    expect(rows.map((row) => row.request?.requester.name ?? null)).toEqual([null, 'Anna Keller']);
  });

  it('is filled with what the filter lets through, however far apart, and the next one reads on', async () => {
    const bench = await startBench(redis);
    await log(bench, 'person_linked', 3);
    await log(bench, 'cart_changed', 450);
    await log(bench, 'person_unlinked', 1);
    const page = (before?: string) => auditPage(bench.context, { filter: 'company', before, limit: 2 });
    const dids = ({ rows }: Awaited<ReturnType<typeof page>>) => rows.map(({ entry }) => entry.did);

    const first = await page();
    expect(dids(first)).toEqual(['person_unlinked', 'person_linked']);
    const second = await page(first.next ?? '');
    expect(dids(second)).toEqual(['person_linked', 'person_linked']);
    expect(await page(second.next ?? '')).toEqual({ rows: [], next: null });
  });

  it('reads a bounded part of a long log, and says where to read on', async () => {
    const bench = await startBench(redis);
    await log(bench, 'person_linked', 1);
    await log(bench, 'cart_changed', 2_100);

    const first = await auditPage(bench.context, { filter: 'company', before: undefined, limit: 20 });
    expect(first.rows).toEqual([]);
    const before = first.next ?? undefined;
    const second = await auditPage(bench.context, { filter: 'company', before, limit: 20 });

    expect(second).toMatchObject({ rows: [{ entry: { did: 'person_linked' } }], next: null });
  });
});
