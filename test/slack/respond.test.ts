import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dispatcher } from 'undici';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRespond } from '../../src/slack/respond.ts';
import type { Slack } from '../../src/slack/slack.ts';
import { createSlackAgent } from '../../src/slack/web-api.ts';

const message: Parameters<Slack['respond']>[1] = { text: 'x', blocks: [], response_type: 'ephemeral' };

const agent = createSlackAgent();
afterAll(() => agent.destroy());

/** Notes what is asked for, and answers nothing. */
function agentThat(notes: (asked: Dispatcher.RequestOptions) => void): Dispatcher {
  const request = async (asked: Dispatcher.RequestOptions) => {
    notes(asked);
    throw new Error('no answer');
  };
  return { request } as unknown as Dispatcher;
}

async function served(answers: RequestListener): Promise<{ readonly origin: string; readonly posted: () => number }> {
  let posted = 0;
  const server = createServer((request, response) => {
    posted += 1;
    answers(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted: () => posted };
}

describe('an answer to a response_url', () => {
  it('goes to Slack and to the Slack that was configured', async () => {
    const { origin, posted } = await served((_, response) => response.end('ok'));
    const asked: string[] = [];
    const asking = agentThat(({ origin, path }) => void asked.push(`${String(origin)}${path}`));

    expect(await createRespond(agent, `${origin}/api/`)(`${origin}/r/1`, message)).toMatchObject({ ok: true });
    const gov = createRespond(asking, 'https://slack-gov.com/api/');
    await gov('https://hooks.slack-gov.com/actions/1', message);
    await createRespond(asking, undefined)('https://hooks.slack.com/commands/1', message);

    expect(posted()).toBe(1);
    expect(asked).toEqual(['https://hooks.slack-gov.com/actions/1', 'https://hooks.slack.com/commands/1']);
  });

  it.each([
    'http://hooks.slack.com/commands/1',
    'https://hooks.slack.com.evil.test/commands/1',
    'https://evil.test/?https://hooks.slack.com',
    'file:///etc/passwd',
    'nowhere',
  ])('is not sent to %s', async (url) => {
    const asked: string[] = [];
    const asking = agentThat(({ path }) => void asked.push(path));

    expect(await createRespond(asking, undefined)(url, message)).toEqual({ ok: false, failure: { kind: 'gone' } });
    expect(asked).toEqual([]);
  });

  it.each([302, 307])('does not follow a redirect (%i)', async (status) => {
    const other = await served((_, response) => response.end('ok'));
    const { origin } = await served((_, response) => response.writeHead(status, { location: other.origin }).end());

    const answered = await createRespond(agent, `${origin}/api/`)(`${origin}/r`, message);

    expect(answered.ok).toBe(false);
    expect(other.posted()).toBe(0);
  });

  it('is not read to the end if the end never comes', async () => {
    let isCut = false;
    const { origin } = await served((_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      response.once('close', () => {
        isCut = true;
      });
      more();
    });

    expect(await createRespond(agent, `${origin}/api/`)(`${origin}/r`, message)).toMatchObject({ ok: true });
    await expect.poll(() => isCut).toBe(true);
  });
});
