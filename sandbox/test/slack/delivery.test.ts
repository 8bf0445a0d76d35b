import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackOptions, SlackWorkspace } from '../../slack/start.ts';
import { startBolt, type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

async function start(register: (app: App) => void, options: SlackOptions = {}): Promise<SlackWorkspace> {
  tiny = await tinyApp(register, options);
  return tiny.slack;
}

const acking = (app: App): void => {
  app.command('/fleet', async ({ ack }) => ack());
};

describe('signatures', () => {
  test.each([
    ['valid', 200],
    ['wrong', 401],
    ['stale', 401],
    ['missing', 401],
  ] as const)('a %s one gets %i', async (signature, status) => {
    const slack = await start(acking);
    const act = await slack.send({ kind: 'command', userId: 'U0EMMA', signature });

    expect(act.status).toBe(status);
    expect(slack.violations.list()).toEqual([]);
  });

  test('Bolt accepts one from the future, so the app must check it', async () => {
    const slack = await start(acking);

    expect((await slack.send({ kind: 'command', signature: 'future' })).status).toBe(200);
  });

  test('the content type is exactly Slack’s', async () => {
    const slack = await start(acking);
    const act = await slack.person('U0EMMA').command('/fleet');
    expect(act.delivery.contentType).toBe('application/x-www-form-urlencoded');

    const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
    expect((await slack.send({ kind: 'command', contentType })).status).toBe(400);
  });
});

describe('three seconds', () => {
  test('without an acknowledgement, the person sees a time-out', async () => {
    const slack = await start((app) => app.command('/fleet', async () => undefined));
    const emma = slack.person('U0EMMA');
    const act = await emma.command('/fleet order');

    expect(act).toMatchObject({ timedOut: true, status: 0 });
    expect(act.ackMs).toBeGreaterThanOrEqual(2990);
    expect(emma.notices()).toEqual(['/fleet failed with the error "operation_timeout"']);
    expect(slack.violations.breaches().map((one) => one.rule)).toEqual(['late_ack']);
    expect(() => slack.violations.assertNone()).toThrow('late_ack (command): no acknowledgement within 3000 ms');
    slack.violations.assertNone({ allow: ['late_ack'] });
  });

  test('a listener that throws is a failed dispatch, and Slack does not retry', async () => {
    const calls: string[] = [];
    const slack = await start((app) => {
      app.error(async (problem) => {
        throw problem;
      });
      app.command('/fleet', async ({ command }) => {
        calls.push(command.text);
        throw new Error('broken');
      });
    });
    const act = await slack.person('U0EMMA').command('/fleet order');

    expect(act.status).toBe(500);
    expect(act.shown[0]?.text).toBe('/fleet failed with the error "dispatch_failed"');
    expect(calls).toEqual(['order']);
    expect(slack.violations.breaches().map((one) => one.rule)).toEqual(['bad_ack_status']);
  });

  test('an app that is down is a failed dispatch, and not the app’s breach', async () => {
    const slack = await start(acking);
    slack.deliverTo('http://127.0.0.1:9/slack/events');
    const act = await slack.person('U0EMMA').command('/fleet');

    expect(act).toMatchObject({ status: 0, timedOut: false });
    expect(slack.violations.breaches()).toEqual([]);
    expect(slack.violations.list({ rule: 'app_unreachable' })).toHaveLength(1);
  });
});

describe('command text', () => {
  async function textOf(typed: string, shouldEscape: boolean): Promise<string | undefined> {
    const seen: string[] = [];
    const slack = await start(
      (app) =>
        app.command('/fleet', async ({ ack, command }) => {
          seen.push(command.text);
          await ack();
        }),
      { manifest: { commands: [{ command: '/fleet', shouldEscape }] } },
    );
    await slack.person('U0EMMA').command(typed);
    return seen[0];
  }

  test.each([
    [true, 'link <@U0MARC|marc> 12 &lt;a&gt; &amp; <#C0GENERAL|general> @nobody'],
    [false, 'link @marc 12 &lt;a&gt; &amp; #general @nobody'],
  ])('with should_escape %s', async (shouldEscape, expected) => {
    expect(await textOf('/fleet link @marc 12 <a> & #general @nobody', shouldEscape)).toBe(expected);
  });

  test('a command missing from the manifest never reaches the app', async () => {
    const slack = await start(acking);
    const act = await slack.person('U0EMMA').command('/boat');

    expect(act.sent).toBe(false);
    expect(act.shown[0]?.text).toContain('/boat is not a valid command');
  });

  test('a shortcut arrives by its visible name', async () => {
    const manifest = { shortcuts: [{ name: 'Order equipment', callbackId: 'order_equipment' }] };
    const slack = await start((app) => app.shortcut('order_equipment', async ({ ack }) => ack()), { manifest });

    expect((await slack.person('U0EMMA').shortcut('Order equipment')).status).toBe(200);
    await expect(slack.person('U0EMMA').shortcut('Order a boat')).rejects.toThrow('no shortcut');
    await expect(slack.person('U0GONE').shortcut('Order equipment')).rejects.toThrow('deactivated');
  });
});

describe('events', () => {
  const event = { type: 'user_change', user: { id: 'U0EMMA' } };

  test('come in an envelope and are retried, with headers, until acknowledged', async () => {
    const seen: { num: unknown; reason: unknown; id: string }[] = [];
    const slack = await start(
      (app) => {
        app.use(async ({ context, body, next }) => {
          seen.push({
            num: context.retryNum,
            reason: context.retryReason,
            id: 'event_id' in body ? String(body.event_id) : '',
          });
          await next();
        });
        app.event('user_change', async () => undefined);
      },
      { eventRetryDelaysMs: [0, 20, 40] },
    );
    const appUrl = tiny?.url ?? '';
    slack.deliverTo('http://127.0.0.1:9/down');
    const { first, retries } = await slack.event(event);
    slack.deliverTo(appUrl);
    const acts = await retries;

    expect(first.status).toBe(0);
    expect(acts.at(-1)?.status).toBe(200);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ reason: 'connection_failed', id: expect.stringMatching(/^Ev/) });
    expect(JSON.parse(first.delivery.body)).toMatchObject({
      type: 'event_callback',
      team_id: 'T0ACME',
      api_app_id: 'A0FLEET',
      authorizations: [{ team_id: 'T0ACME', is_bot: true }],
    });
  });

  test('are given up after three retries', async () => {
    const slack = await start(acking, { eventRetryDelaysMs: [0, 5, 10] });
    slack.deliverTo('http://127.0.0.1:9/down');
    const { retries } = await slack.event(event);

    expect(await retries).toHaveLength(3);
  });

  test('are not sent if the manifest does not subscribe to them', async () => {
    const slack = await start(acking, { manifest: { events: ['app_home_opened'] } });

    expect((await slack.event(event)).first.sent).toBe(false);
  });

  test('a deactivation sends user_change', async () => {
    const seen: unknown[] = [];
    const slack = await start((app) =>
      app.event('user_change', async ({ event: one }) => void seen.push(one.user.deleted)),
    );
    await slack.changePerson('U0MARC', { deleted: true });
    await slack.until(() => seen.length > 0);

    expect(seen).toEqual([true]);
    await expect(slack.person('U0MARC').command('/fleet')).rejects.toThrow('deactivated');
  });

  test("an uninstalled app's token no longer works", async () => {
    const seen: string[] = [];
    const slack = await start((app) => {
      app.event('app_uninstalled', async () => void seen.push('app_uninstalled'));
      app.event('tokens_revoked', async () => void seen.push('tokens_revoked'));
    });
    await slack.uninstall('app_first');
    await slack.until(() => seen.length === 2);

    expect(seen).toEqual(['app_uninstalled', 'tokens_revoked']);
    const post = tiny?.app.client.chat.postMessage({ channel: 'U0EMMA', text: 'x' });
    await expect(post).rejects.toMatchObject({ data: { error: 'account_inactive' } });
  });
});

describe('several instances', () => {
  test('take turns; a test can choose one, or send the same body to both', async () => {
    const seen: string[] = [];
    const listen = (name: string) => (app: App) =>
      app.command('/fleet', async ({ ack }) => {
        seen.push(name);
        await ack();
      });
    const slack = await start(listen('a'));
    const other = await startBolt(slack, listen('b'));
    slack.deliverTo([tiny?.url ?? '', other.url]);
    const emma = slack.person('U0EMMA');

    const first = await emma.command('/fleet');
    await emma.command('/fleet');
    await emma.via(other.url).command('/fleet');
    const again = await slack.redeliver(first, { target: other.url, retry: { num: 1, reason: 'http_timeout' } });
    await other.app.stop();

    expect(seen).toEqual(['a', 'b', 'b', 'b']);
    expect(again.delivery.body).toBe(first.delivery.body);
  });
});
