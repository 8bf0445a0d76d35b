import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { aStore } from '../../store/support/a-store.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();
const run = promisify(execFile);

const exported = (args: readonly string[], env: Record<string, string>) =>
  run('node_modules/.bin/tsx', ['src/app/audit-export.ts', ...args], { env: { PATH: process.env.PATH, ...env } });

it('prints the audit log of one workspace as JSON lines, and goes on after an entry', { timeout: 60_000 }, async () => {
  const { store, workspaceId } = aStore(redis);
  for (const did of ['request_sent', 'approval_pressed'])
    await store.commit({
      audit: [
        {
          ...{ at: 1, by: { slackUserId: 'U1' as never, fleetUserId: null }, did, requestId: null, fleetOrderId: null },
          ...{ from: null, to: null, surface: 'card', outcome: 'done' },
        },
      ],
    });

  const { stdout } = await exported(['--workspace', workspaceId], { REDIS_URL: url });

  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([{ did: 'request_sent', by: { slackUserId: 'U1' } }, { did: 'approval_pressed' }]);
  const rest = await exported(['--tenant', workspaceId, '--after', lines[0].id], { REDIS_URL: url });
  expect(rest.stdout.trim().split('\n')).toHaveLength(1);
  await expect(exported([], {})).rejects.toMatchObject({ stderr: expect.stringContaining('--workspace') });
});
