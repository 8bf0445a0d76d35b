import { afterEach, describe, expect, it } from 'vitest';
import { QUEUE_PREFIX } from '../../src/store/keys.ts';
import { notInstalledText, notRecordedText, notShownText } from '../../src/views/notices.ts';
import { type Surroundings, startSurroundings } from '../support/main-process.ts';
import { until } from '../support/world.ts';
import { openDurable } from './durable.ts';
import { anna, steps } from './steps.ts';

let around: Surroundings;
afterEach(() => around.close());

async function play(name: 'add' | 'send' | 'approve'): Promise<void> {
  const step = steps[name];
  await step.prepare(around);
  await step.press(around);
  await until(() => step.isDone(around), 20_000);
}

describe('Redis', { timeout: 90_000 }, () => {
  it('away at the start: the app says so, answers people, and heals by itself', async () => {
    around = await startSurroundings();
    await around.redis.shut();
    const main = await around.start();
    expect(await main.ready()).toEqual({ status: 503, missing: ['Redis does not answer'] });

    const act = await anna(around).command('/fleet status');
    expect(act.status).toBe(200);
    expect(anna(around).notices()).toEqual([]);
    await until(() =>
      anna(around)
        .ephemerals()
        .some((one) => one.text().includes(notShownText)),
    );

    await around.redis.open();
    await until(async () => (await main.ready()).status === 200, 20_000);
    await until(() => main.output().includes('the directory is complete'), 20_000);
    await play('add');
  });

  it('away later: a press is answered by a sentence and changes nothing, and the next one counts', async () => {
    around = await startSurroundings();
    const main = await around.start();
    await until(() => main.output().includes('the directory is complete'), 20_000);
    await play('add');
    await play('send');
    await around.redis.shut();

    const clara = around.slack.person('U0CLARA');
    expect(await steps.approve.press(around)).toBe(false);
    await until(() => clara.ephemerals().some((one) => one.text().includes(notRecordedText)));
    expect(await main.ready()).toMatchObject({ status: 503 });

    await around.redis.open();
    await until(async () => (await main.ready()).status === 200, 20_000);
    expect(around.fleet.validateCommits(42)).toBe(0);
    await play('approve');
    expect(around.fleet.validateCommits(42)).toBe(1);
  });
});

describe('at the start', { timeout: 90_000 }, () => {
  it('without Slack the app listens, says so, and works once Slack answers', async () => {
    around = await startSurroundings();
    const away = around.slack.faults.on('auth.test', { status: 503 });
    const main = await around.start();
    await until(async () => (await main.ready()).missing.length === 1);
    expect(await main.ready()).toEqual({ status: 503, missing: ['Slack has not confirmed the bot token'] });
    expect((await anna(around).command('/fleet order')).shown.map(({ text }) => text).join()).toContain(
      notInstalledText,
    );

    away();
    await until(async () => (await main.ready()).status === 200, 20_000);
    await until(() => main.output().includes('the directory is complete'), 20_000);
    await play('add');
  });

  it('without Fleet the app is ready, says so in its log, and people get a sentence', async () => {
    around = await startSurroundings();
    const away = around.fleet.faults.add({ operation: '*', kind: 'service_unavailable' });
    const main = await around.start();
    await until(() => main.output().includes('the directory was not refreshed'), 40_000);
    expect((await main.ready()).status).toBe(200);

    away.remove();
    await anna(around).command('/fleet order');
    await until(() => (anna(around).modal()?.text().length ?? 0) > 0, 20_000);
    // It asks again once a minute; here at once.
    const durable = openDurable(around.redisUrl, around.workspaceId, QUEUE_PREFIX, around.env.ENCRYPTION_KEYS ?? '');
    await until(async () => (await durable.endWaits((id) => id.startsWith('refresh-directory'))) > 0);
    await until(() => main.output().includes('the directory is complete'), 90_000);
    await durable.close();
    await play('add');
  });

  it('a wrong environment stops it with every fault named and no value printed', async () => {
    around = await startSurroundings();
    const main = await around.start({
      SLACK_BOT_TOKEN: 'wrong-token-canary',
      ENCRYPTION_KEYS: 'key-canary',
      REDIS_URL: 'canary://somewhere',
      PORT: 'port-canary',
    });

    expect(await main.ended).toEqual({ code: 1, signal: null });
    for (const name of ['SLACK_BOT_TOKEN', 'ENCRYPTION_KEYS', 'REDIS_URL', 'PORT'])
      expect(main.output()).toContain(`  ${name} `);
    expect(main.output()).not.toContain('canary');
    expect(main.output()).not.toMatch(/\n\s+at /);
  });
});
