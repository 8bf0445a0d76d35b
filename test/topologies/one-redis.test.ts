import { describe, expect, it, onTestFinished } from 'vitest';
import { startProxy } from '../store/support/proxy.ts';
import { sweepNow } from '../support/requests-of.ts';
import { until } from '../support/world.ts';
import { startServer } from './servers.ts';
import { openStory } from './story.ts';

describe('a single Redis', { timeout: 120_000 }, () => {
  it('that stands still: people are told the truth, and everything goes on', async () => {
    const server = await startServer();
    const story = await openStory({ redisUrl: server.url, requests: 6 });
    await story.press(0);
    server.pause();
    const again = story.readyAgain(30_000);
    await story.press(1, 2, 3);
    server.resume();
    const ms = await again;
    await story.press(4, 5);
    await story.allOrdered(60_000);
    story.tell('paused', `ready again after ${Math.round(ms)} ms`);
  });

  it('whose connections fall silent is connected to anew within seconds', async () => {
    const server = await startServer();
    const proxy = await startProxy(server.url);
    onTestFinished(proxy.close);
    const story = await openStory({ redisUrl: proxy.url, requests: 6 });
    await story.press(0);
    proxy.silence();
    const again = story.readyAgain(30_000);
    await story.press(1, 2, 3);
    const ms = await again;
    expect(ms).toBeLessThan(15_000);
    await story.press(4, 5);
    await story.allOrdered(60_000);
    story.tell('silent connections', `ready again after ${Math.round(ms)} ms`);
  });

  it('that loses its last second: at most one order, and what was pressed can still be signed', async () => {
    const server = await startServer();
    const story = await openStory({ redisUrl: server.url, requests: 1 });
    const [lost] = story.waiting;
    const gate = story.world.fleet.hold('getCart');
    await server.ask('SAVE');
    await story.press(0);
    await until(() => lost?.card.text().includes('Sending to Fleet') === true, 20_000);
    await server.kill();
    await server.start();
    gate.release();
    await until(async () => (await story.missing()).length === 0, 30_000);

    // The press is forgotten, and the card that showed it has no buttons until it is drawn again. The list has them.
    const approver = story.world.slack.person(lost?.approver ?? '');
    await approver.command('/fleet approvals');
    const list = await story.world.slack.until(() =>
      approver.ephemerals().find((one) => one.buttons().some(({ text }) => text === 'Approve')),
    );
    expect(story.world.fleet.validateCommits(lost?.order ?? 0)).toBe(0);
    await list.press('Approve', { confirm: true });
    await story.allOrdered(60_000);
    story.tell('rolled back before the order');
  });

  it('that loses its last second after Fleet ordered: it is not ordered again, and shown', async () => {
    const server = await startServer();
    const story = await openStory({ redisUrl: server.url, requests: 1 });
    const gate = story.world.fleet.hold('validateCart', 'after_commit');
    await server.ask('SAVE');
    await story.press(0);
    await gate.arrived();
    await server.kill();
    await server.start();
    gate.release();
    await until(async () => (await story.missing()).length === 0, 30_000);
    await sweepNow(story.world);
    await story.allOrdered(60_000);
    story.tell('rolled back after the order');
  });

  it('that refuses writes is not ready, says why, is not hammered, and heals by itself', async () => {
    const server = await startServer();
    const story = await openStory({ redisUrl: server.url, requests: refusals.length });
    const { logged } = story.world;
    for (const [index, { code, begin, end }] of refusals.entries()) {
      const before = logged.length;
      await server.ask(...begin);
      await until(async () => (await story.missing()).join() === `Redis answered ${code}`, 20_000);
      await story.press(index);
      await server.ask(...end);
      await until(async () => (await story.missing()).length === 0, 30_000);
      expect(logged.length - before).toBeLessThan(100);
    }
    await story.allOrdered(60_000);
    story.tell(`refused by ${refusals.map(({ code }) => code).join(', ')}`, `${logged.length} log lines`);
  });
});

const refusals = [
  { code: 'OOM', begin: ['CONFIG', 'SET', 'maxmemory', '1'], end: ['CONFIG', 'SET', 'maxmemory', '0'] },
  {
    code: 'NOREPLICAS',
    begin: ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
    end: ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
  },
  { code: 'READONLY', begin: ['REPLICAOF', '127.0.0.1', '1'], end: ['REPLICAOF', 'NO', 'ONE'] },
  {
    code: 'NOPERM',
    begin: ['ACL', 'SETUSER', 'default', '-eval', '-evalsha'],
    end: ['ACL', 'SETUSER', 'default', '+eval', '+evalsha'],
  },
];
