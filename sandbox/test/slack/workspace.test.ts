import { afterEach, describe, expect, test } from 'vitest';
import { actions, button, modal, section, text } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

const error = (code: string) => expect.objectContaining({ data: expect.objectContaining({ error: code }) });

describe('Home', () => {
  test('is published for one person, and opening it sends an event with the view', async () => {
    tiny = await tinyApp((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const blocks = [section(`Hello, tab ${event.tab}`), actions(button('Order', 'order'))];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
      app.action('order', async ({ ack, body, client }) => {
        await ack();
        if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id ?? '', view: modal([]) });
      });
    });
    const { slack } = tiny;
    const emma = slack.person('U0EMMA');
    expect(emma.home()).toBeUndefined();
    await emma.openHome();
    const home = await slack.until(() => emma.home());
    await home.press('Order');
    await slack.until(() => emma.modal());
    await emma.openHome();
    await slack.quiet();

    expect(home.text()).toBe('Hello, tab home\n[Order]');
    expect(slack.person('U0MARC').home()).toBeUndefined();
    const opened = slack.journal.entries({ route: 'event' }).map((one) => one.payload);
    expect(opened[0]).not.toHaveProperty('event.view');
    expect(opened[1]).toHaveProperty('event.view.type', 'home');
    slack.violations.assertNone();
  });

  test('with an old hash is a conflict, and without the tab it is not_enabled', async () => {
    tiny = await tinyApp(() => undefined);
    const publish = (hash?: string) =>
      tiny?.app.client.views.publish({
        user_id: 'U0EMMA',
        view: { type: 'home', blocks: [] },
        ...(hash ? { hash } : {}),
      });
    const first = await publish();
    await publish(first?.view?.hash);
    await expect(publish(first?.view?.hash)).rejects.toEqual(error('hash_conflict'));
    await tiny.stop();

    tiny = await tinyApp(() => undefined, { manifest: { homeTabEnabled: false } });
    await expect(publish()).rejects.toEqual(error('not_enabled'));
  });
});

describe('faults', () => {
  const post = (): Promise<unknown> =>
    tiny?.app.client.chat.postMessage({ channel: 'U0EMMA', text: 'x' }) ?? Promise.reject();
  const arrived = (): number => tiny?.slack.person('U0EMMA').messagesIn().length ?? 0;

  test('apply as often as set, in every way Slack fails', async () => {
    tiny = await tinyApp(() => undefined);
    const { faults } = tiny.slack;
    faults.on('chat.postMessage', { error: 'channel_not_found', times: 1 });
    await expect(post()).rejects.toEqual(error('channel_not_found'));
    faults.on('chat.postMessage', { status: 500, times: 1 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    faults.on('chat.postMessage', { status: 429, retryAfter: 7, times: 1 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    faults.on('chat.postMessage', { reset: true, times: 1 });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(arrived()).toBe(0);

    await post();
    expect(arrived()).toBe(1);
    expect(tiny.slack.violations.breaches()).toEqual([]);
  });

  test('can lose the answer to a call that took effect', async () => {
    tiny = await tinyApp(() => undefined);
    tiny.slack.faults.on('chat.postMessage', { reset: true, afterEffect: true, times: 1 });

    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(arrived()).toBe(1);
  });

  test('apply with a seeded probability, the same in each run, and only where set', async () => {
    const struck = async (): Promise<boolean[]> => {
      tiny = await tinyApp(() => undefined);
      tiny.slack.faults.on('*', {
        error: 'fatal_error',
        probability: 0.5,
        seed: 7,
        when: (args) => args.channel === 'U0EMMA',
      });
      const results: boolean[] = [];
      for (let count = 0; count < 12; count += 1)
        results.push(
          await post().then(
            () => false,
            () => true,
          ),
        );
      await tiny.app.client.chat.postMessage({ channel: 'U0MARC', text: 'x' });
      await tiny.stop();
      return results;
    };
    const first = await struck();

    expect(new Set(first).size).toBe(2);
    expect(await struck()).toEqual(first);
    tiny = undefined;
  });

  test('can add latency and break images, and clear removes them all', async () => {
    tiny = await tinyApp(() => undefined);
    const { faults } = tiny.slack;
    faults.on('chat.postMessage', { latencyMs: 120 });
    const started = performance.now();
    await post();
    expect(performance.now() - started).toBeGreaterThan(110);
    faults.clear();
    faults.breakImages(/laptops/);
    const blocks = [{ type: 'image' as const, image_url: 'https://img.test/laptops/1.png', alt_text: 'A laptop' }];
    const withImage = () => tiny?.app.client.chat.postMessage({ channel: 'U0EMMA', text: 'x', blocks });
    await expect(withImage()).rejects.toEqual(error('invalid_blocks'));
    faults.clear();
    await withImage();
  });

  test('rate limits can be turned on', async () => {
    let clock = Date.now();
    tiny = await tinyApp(() => undefined, { rateLimits: true, now: () => clock });
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    clock += 1000;
    await post();
    expect(arrived()).toBe(2);
  });
});

test('the journal finds what left the app, in calls and in acknowledgements', async () => {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, respond, client }) => {
      await ack('answer CANARY-1');
      await respond('later "CANARY-2"');
      await client.chat.postMessage({ channel: 'U0EMMA', text: 'CANARY-3' });
    });
  });
  const { slack } = tiny;
  await slack.person('U0EMMA').command('/fleet CANARY-4');
  await slack.until(() => slack.person('U0EMMA').message('CANARY-3'));
  await slack.quiet(30);

  expect(slack.journal.leaks('CANARY-1').map((one) => one.route)).toEqual(['command']);
  expect(slack.journal.leaks('"CANARY-2"').map((one) => one.route)).toEqual(['response_url']);
  expect(slack.journal.leaks('CANARY-3').map((one) => one.route)).toEqual(['chat.postMessage']);
  expect(slack.journal.leaks('CANARY-4')).toEqual([]);
  expect(slack.journal.leaks(slack.botToken)).toEqual([]);
  expect(slack.journal.calls('chat.postMessage')[0]).toMatchObject({ status: 200, answer: { ok: true } });
});

test('the state is plain JSON, and each change notifies subscribers', async () => {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, body, client }) => {
      await client.views.open({ trigger_id: body.trigger_id, view: modal([text('Name')]) });
      await ack();
    });
  });
  const { slack } = tiny;
  const changes: string[] = [];
  const stop = slack.subscribe((change) => changes.push(change.what));
  const emma = slack.person('U0EMMA');
  await emma.command('/fleet');
  const id = emma.modal()?.id ?? '';
  await emma.raw.setValue(id, 'name', 'value', 'Emma');
  const snapshot = slack.state.snapshot();
  stop();
  const told = changes.length;
  await expect(slack.person('U0MARC').raw.submit(id)).rejects.toThrow('U0MARC sees no view');
  await emma.raw.close(id, { all: true });

  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  expect(snapshot.views[id]?.values).toMatchObject({ name: { value: { value: 'Emma' } } });
  expect(changes).toEqual(expect.arrayContaining(['views.open', 'journal', 'filled in']));
  expect(changes).toHaveLength(told);
  expect(snapshot.modals.U0EMMA).toEqual([id]);
});

test('what people read is what Slack would show', async () => {
  tiny = await tinyApp(() => undefined);
  const { slack, app } = tiny;
  const when = Math.floor(Date.UTC(2026, 10, 21, 13, 5) / 1000);
  const read = async (mrkdwn: string): Promise<{ text: string; pings: string[] }> => {
    await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'fallback', blocks: [section(mrkdwn)] });
    const message = slack.person('U0EMMA').messagesIn().at(-1);
    return { text: message?.text() ?? '', pings: message?.pings ?? [] };
  };

  expect(await read('*Bold* and _it_ &lt;!channel&gt;')).toEqual({ text: 'Bold and it <!channel>', pings: [] });
  expect(await read('<!channel> <@U0MARC> <https://a.test|a link>')).toEqual({
    text: '@channel @Marc Keller a link',
    pings: ['@channel', 'U0MARC'],
  });
  expect((await read(`<!date^${when}^{date_short} at {time}|then>`)).text).toBe('Nov 21, 2026 at 14:05');
});

test('a restarted client has lost its ephemeral messages, and reading clears unread counts', async () => {
  tiny = await tinyApp(() => undefined);
  const { slack, app } = tiny;
  const emma = slack.person('U0EMMA');
  await app.client.chat.postEphemeral({ channel: 'C0EQUIP', user: 'U0EMMA', text: 'only you' });
  await app.client.chat.postMessage({ channel: 'C0EQUIP', text: 'all of you' });
  expect(slack.state.snapshot().unread.U0EMMA).toEqual({ C0EQUIP: 2 });
  emma.reload();
  emma.raw.read('C0EQUIP');

  expect(emma.messagesIn('C0EQUIP').map((one) => one.text())).toEqual(['all of you']);
  expect(slack.state.snapshot().unread.U0EMMA).toEqual({});
});
