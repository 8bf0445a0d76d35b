import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { keysOf } from '../../src/store/keys.ts';
import { type Server, startCluster } from './servers.ts';
import { openStory } from './story.ts';

/** A workspace whose records and whose queue are on two masters. */
async function startApart() {
  const cluster = await startCluster();
  for (;;) {
    const workspaceId = `T${randomBytes(8).toString('hex').toUpperCase()}`;
    const slot = await cluster.slotOf(keysOf(workspaceId as WorkspaceId).probe);
    const ofRecords = await cluster.masterOf(slot);
    const ofQueue = await cluster.masterOf(await cluster.slotOf(`{fleet-slack:test:${workspaceId}}`));
    if (ofRecords !== ofQueue) return { cluster, workspaceId, slot, ofRecords, ofQueue };
  }
}

describe('a Redis Cluster', { timeout: 120_000 }, () => {
  it.each([
    ['records', 'killed'],
    ['records', 'frozen'],
    ['queue', 'frozen'],
  ] as const)('the master of the %s is %s: its replica is used within seconds', async (what, how) => {
    const { cluster, workspaceId, ofRecords, ofQueue } = await startApart();
    const story = await openStory({ redisUrl: cluster.url, workspaceId, requests: 6 });
    await story.press(0);
    await story.world.quiet();
    const master = what === 'records' ? ofRecords : ofQueue;
    if (how === 'killed') await master.kill();
    else master.pause();
    const again = story.readyAgain(60_000);
    await story.press(1, 2, 3);
    await cluster.replace(master);
    const ms = await again;
    expect(ms).toBeLessThan(30_000);
    // It answers what it was sent while it stood still, and then forgets it: its replica has taken over.
    if (how === 'frozen') master.resume();
    await story.press(4, 5);
    await story.allOrdered(60_000);
    story.tell(`Cluster, master of the ${what} ${how}`, `ready again after ${Math.round(ms)} ms`);
  });

  it("the workspace's slot moves to another master while people press", async () => {
    const { cluster, workspaceId, slot, ofRecords: from, ofQueue: to } = await startApart();
    const story = await openStory({ redisUrl: cluster.url, workspaceId, requests: 6 });
    const move = await beginMove(cluster.nodes, slot, { from, to });
    for (let press = 0; press < 4; press += 1) {
      await move.someKeys();
      await story.press(press);
    }
    await move.end();
    await story.press(4, 5);
    await story.allOrdered(60_000);
    story.tell('Cluster, a slot moved');
  });
});

const AT_ONCE = '40';

async function beginMove(nodes: readonly Server[], slot: number, { from, to }: { from: Server; to: Server }) {
  const [fromId, toId] = (await Promise.all([from.ask('CLUSTER', 'MYID'), to.ask('CLUSTER', 'MYID')])).map(String);
  await to.ask('CLUSTER', 'SETSLOT', `${slot}`, 'IMPORTING', fromId ?? '');
  await from.ask('CLUSTER', 'SETSLOT', `${slot}`, 'MIGRATING', toId ?? '');
  const someKeys = async (): Promise<number> => {
    const keys = (await from.ask('CLUSTER', 'GETKEYSINSLOT', `${slot}`, AT_ONCE)) as string[];
    if (keys.length > 0) await from.ask('MIGRATE', '127.0.0.1', `${to.port}`, '', '0', '5000', 'KEYS', ...keys);
    return keys.length;
  };
  return {
    someKeys,
    end: async () => {
      while ((await someKeys()) > 0);
      for (const node of [to, from, ...nodes])
        await node.ask('CLUSTER', 'SETSLOT', `${slot}`, 'NODE', toId ?? '').catch(() => undefined);
    },
  };
}
