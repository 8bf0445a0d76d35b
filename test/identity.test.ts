import type { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { watchIdentity } from '../src/app/token-watch.ts';
import type { Log } from '../src/services/context.ts';

const answer = { ok: true, team_id: 'T0ACME', bot_id: 'B0FLEET', user_id: 'U0FLEET' };

async function saidWhen(slack: () => Promise<unknown>, onKnown: () => Promise<void>): Promise<readonly string[]> {
  const said: string[] = [];
  const log = { warn: (message: string) => said.push(message) } as unknown as Log;
  const client = { auth: { test: slack } } as unknown as WebClient;
  const identity = await watchIdentity({ client, botToken: 'xoxb-1', log, onKnown });
  identity.stop();
  expect(identity.current()).toBeNull();
  return said;
}

it('says of Slack only what Slack did', async () => {
  const fails = () => Promise.reject(new Error('no'));

  expect(await saidWhen(fails, () => Promise.resolve())).toEqual(['Slack has not confirmed the bot token yet']);
  expect(await saidWhen(() => Promise.resolve(answer), fails)).toEqual([
    'Slack confirmed the bot token, but the workspace could not be started yet',
  ]);
});
