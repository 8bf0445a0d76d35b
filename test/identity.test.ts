import { expect, it } from 'vitest';
import { watchIdentity } from '../src/app/token-watch.ts';
import type { Log } from '../src/services/context.ts';
import type { WebApi } from '../src/slack/web-api.ts';

const answer = { ok: true, value: { team_id: 'T0ACME', bot_id: 'B0FLEET', user_id: 'U0FLEET' } } as const;

async function saidWhen(webApi: WebApi, onKnown: () => Promise<void>): Promise<readonly string[]> {
  const said: string[] = [];
  const log = { warn: (message: string) => said.push(message) } as unknown as Log;
  const identity = await watchIdentity({ webApi, botToken: 'xoxb-1', log, onKnown });
  identity.stop();
  expect(identity.current()).toBeNull();
  return said;
}

it('says of Slack only what Slack did', async () => {
  const fails = () => Promise.reject(new Error('no'));
  const isAway = () => Promise.resolve({ ok: false, failure: { kind: 'unavailable' } } as const);

  expect(await saidWhen(isAway, () => Promise.resolve())).toEqual(['Slack has not confirmed the bot token yet']);
  expect(await saidWhen(() => Promise.resolve(answer), fails)).toEqual([
    'Slack confirmed the bot token, but the workspace could not be started yet',
  ]);
});
