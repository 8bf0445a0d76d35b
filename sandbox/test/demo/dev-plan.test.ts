import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { onSourceChange } from '../../dev/on-source-change.ts';
import { devPlan } from '../../dev/plan.ts';

const tokens = { SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1' };

it('runs against the stand-ins unless both tokens are set, and says which is missing', () => {
  expect(devPlan({})).toEqual({ kind: 'stand_ins', redisUrl: undefined, why: 'no Slack tokens are set' });
  expect(devPlan({ ...tokens, SLACK_BOT_TOKEN: '' })).toMatchObject({ why: 'SLACK_BOT_TOKEN is not set' });
  expect(devPlan({ REDIS_URL: 'redis://here' })).toMatchObject({ redisUrl: 'redis://here' });
});

it('builds a complete environment from two tokens alone', () => {
  const plan = devPlan({ ...tokens, HOME: '/root' });

  expect(plan).toMatchObject({ kind: 'slack', needsRedis: true, needsFleet: true });
  if (plan.kind !== 'slack') return;
  expect(plan.env).not.toHaveProperty('HOME');
  expect(() => readConfig({ ...plan.env, REDIS_URL: 'redis://here', FLEET_API_KEY: 'flt_sk_1' })).not.toThrow();
});

it('keeps values that are already set', () => {
  const plan = devPlan({ ...tokens, REDIS_URL: 'redis://here', FLEET_API_KEY: 'key', ENCRYPTION_KEYS: 'k1:x' });

  expect(plan).toMatchObject({ needsRedis: false, needsFleet: false, env: { ENCRYPTION_KEYS: 'k1:x' } });
});

it('reports a burst of changes once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sources-'));
  const changed = vi.fn();
  const end = onSourceChange(changed, folder);

  for (const name of ['a.ts', 'b.ts', 'c.txt']) writeFileSync(join(folder, name), 'x');

  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), { timeout: 3_000 });
  end();
});
