import type { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackOptions } from '../../slack/start.ts';
import { actions, button, section } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

async function start(register: (app: App) => void = () => undefined, options: SlackOptions = {}): Promise<TinyApp> {
  tiny = await tinyApp(register, options);
  return tiny;
}

const error = (code: string) => expect.objectContaining({ data: expect.objectContaining({ error: code }) });
const breaches = (): string[] => tiny?.slack.violations.breaches().map((one) => one.rule) ?? [];

describe('chat.postMessage', () => {
  test('to a person opens their DM and returns its id', async () => {
    const { slack, app } = await start();
    const answer = await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'Hello *Emma* &amp; <@U0MARC>' });
    const emma = slack.person('U0EMMA');

    expect(answer.channel).toBe(emma.dm());
    expect(emma.messagesIn().map((one) => [one.text(), one.ts])).toEqual([['Hello Emma & @Marc Keller', answer.ts]]);
    expect(emma.message('Hello')?.pings).toEqual(['U0MARC']);
    expect(slack.person('U0MARC').messagesIn(emma.dm())).toEqual([]);
    expect(slack.state.snapshot().unread.U0EMMA).toEqual({ [emma.dm()]: 1 });
  });

  test.each<[string, string, string]>([
    ['a private channel without the bot', 'G0SECRET', 'channel_not_found'],
    ['a public channel without the bot', 'C0GENERAL', 'not_in_channel'],
    ['an archived channel', 'C0OLD', 'is_archived'],
    ['a DM between others', 'D0EMMAMARC', 'channel_not_found'],
    ['a group DM', 'G0GROUP', 'channel_not_found'],
    ['a bot', 'U0ROBOT', 'cannot_dm_bot'],
    ['nobody', 'U0NOBODY', 'channel_not_found'],
  ])('to %s is refused, which is no breach', async (_name, channel, code) => {
    const { app } = await start();

    await expect(app.client.chat.postMessage({ channel, text: 'x' })).rejects.toEqual(error(code));
    expect(breaches()).toEqual([]);
    expect(tiny?.slack.violations.list()).toHaveLength(1);
  });

  test('to a public channel works with chat:write.public, and where the bot is a member', async () => {
    const manifest = { scopes: ['chat:write', 'chat:write.public'] };
    const { slack, app } = await start(undefined, { manifest });
    await app.client.chat.postMessage({ channel: 'C0GENERAL', text: 'public' });
    await app.client.chat.postMessage({ channel: 'G0OFFICE', text: 'member' });

    expect(slack.person('U0MARC').messagesIn('C0GENERAL')).toHaveLength(1);
    expect(slack.person('U0ADA').messagesIn('G0OFFICE')).toHaveLength(1);
    expect(slack.person('U0MARC').messagesIn('G0OFFICE')).toEqual([]);
  });

  test('goes through to a person who was deactivated, as in Slack', async () => {
    const { app } = await start();

    await expect(app.client.chat.postMessage({ channel: 'U0GONE', text: 'x' })).resolves.toMatchObject({ ok: true });
    await expect(app.client.conversations.open({ users: 'U0GONE' })).rejects.toEqual(error('user_disabled'));
  });

  test('refuses blocks that Slack refuses, and records blocks without a text', async () => {
    const { app } = await start();
    const post = (blocks: object[], text?: string) =>
      app.client.chat.postMessage({ channel: 'U0EMMA', blocks, text } as never);

    await expect(post([section('x'.repeat(3001))], 'x')).rejects.toEqual(error('invalid_blocks'));
    await expect(
      post(
        Array.from({ length: 5 }, () => section('x'.repeat(2900))),
        'x',
      ),
    ).rejects.toEqual(error('msg_blocks_too_long'));
    await expect(post([], '')).rejects.toEqual(error('no_text'));
    await post([section('fine')]);
    expect(breaches()).toEqual(['invalid_blocks', 'msg_blocks_too_long', 'no_text', 'missing_text']);
  });
});

describe('chat.update', () => {
  test('edits in place, keeps the history, and drops blocks when only a text is sent', async () => {
    const { slack, app } = await start();
    const { channel = '', ts = '' } = await app.client.chat.postMessage({
      channel: 'U0EMMA',
      text: 'one',
      blocks: [section('One')],
    });
    await app.client.chat.update({ channel, ts, text: 'two', blocks: [section('Two')] });
    const [message] = slack.person('U0EMMA').messagesIn();
    expect(message?.text()).toBe('Two');
    await app.client.chat.update({ channel, ts, text: 'three' });

    expect(message?.text()).toBe('three');
    expect(message?.edits.map((edit) => edit.text)).toEqual(['one', 'two']);
  });

  test('finds only the app’s own lasting messages, by channel id', async () => {
    const { slack, app } = await start();
    await slack.person('U0EMMA').say('C0EQUIP', 'mine');
    const own = slack.person('U0EMMA').message('mine');
    const { message_ts: hidden = '' } = await app.client.chat.postEphemeral({
      channel: 'C0EQUIP',
      user: 'U0EMMA',
      text: 'psst',
    });
    const update = (channel: string, ts: string) => app.client.chat.update({ channel, ts, text: 'x' });

    await expect(update('C0EQUIP', own?.ts ?? '')).rejects.toEqual(error('cant_update_message'));
    await expect(update('C0EQUIP', '1.000001')).rejects.toEqual(error('message_not_found'));
    await expect(update('C0EQUIP', hidden)).rejects.toEqual(error('message_not_found'));
    await expect(update('U0EMMA', '1.000001')).rejects.toEqual(error('channel_not_found'));
    await expect(update('C0EQUIP', 'x')).rejects.toEqual(error('message_not_found'));
    expect(breaches()).toEqual(['cant_update_message', 'ephemeral_not_updatable']);
  });

  test('refuses a text over 4,000 characters', async () => {
    const { app } = await start();
    const { channel = '', ts = '' } = await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'one' });

    await expect(app.client.chat.update({ channel, ts, text: 'x'.repeat(4001) })).rejects.toEqual(
      error('msg_too_long'),
    );
  });

  test('chat.delete removes a message', async () => {
    const { slack, app } = await start();
    const { channel = '', ts = '' } = await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'one' });
    await app.client.chat.delete({ channel, ts });

    expect(slack.person('U0EMMA').messagesIn()).toEqual([]);
    await expect(app.client.chat.update({ channel, ts, text: 'x' })).rejects.toEqual(error('message_not_found'));
  });
});

describe('chat.postEphemeral', () => {
  test('is seen by one person', async () => {
    const { slack, app } = await start();
    await app.client.chat.postEphemeral({ channel: 'C0EQUIP', user: 'U0EMMA', text: 'only you' });

    expect(
      slack
        .person('U0EMMA')
        .ephemerals('C0EQUIP')
        .map((one) => one.text()),
    ).toEqual(['only you']);
    expect(slack.person('U0MARC').messagesIn('C0EQUIP')).toEqual([]);
  });

  test.each([
    ['C0GENERAL', 'U0EMMA', 'not_in_channel'],
    ['C0EQUIP', 'U0GUEST', 'user_not_in_channel'],
    ['G0SECRET', 'U0EMMA', 'channel_not_found'],
  ])('in %s to %s is refused', async (channel, user, code) => {
    const { app } = await start();

    await expect(app.client.chat.postEphemeral({ channel, user, text: 'x' })).rejects.toEqual(error(code));
  });
});

describe('a button in a message', () => {
  test('sends what Slack sends, with a response_url', async () => {
    const { slack, app } = await start((bolt) => bolt.action('ok', async ({ ack }) => ack()));
    const blocks = [section('Approve?'), actions(button('Yes', 'ok', { value: '42' }))];
    const { ts } = await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'Approve?', blocks });
    const emma = slack.person('U0EMMA');
    const message = slack.person('U0EMMA').message('Approve?');
    await message?.press('Yes');

    expect(slack.journal.entries({ route: 'block_actions' })[0]?.payload).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0ACME', domain: 'acme' },
      user: { id: 'U0EMMA', team_id: 'T0ACME' },
      container: { type: 'message', message_ts: ts, channel_id: emma.dm(), is_ephemeral: false },
      channel: { id: emma.dm(), name: 'directmessage' },
      message: { ts, text: 'Approve?' },
      response_url: expect.stringContaining('/actions/'),
      trigger_id: expect.any(String),
      actions: [{ action_id: 'ok', type: 'button', value: '42', action_ts: expect.any(String) }],
    });
    slack.violations.assertNone();
  });

  test('in an ephemeral message sends a payload without the message', async () => {
    const { slack, app } = await start((bolt) => bolt.action('ok', async ({ ack }) => ack()));
    const blocks = [actions(button('Yes', 'ok'))];
    await app.client.chat.postEphemeral({ channel: 'C0EQUIP', user: 'U0EMMA', text: 'Approve?', blocks });
    await slack.person('U0EMMA').ephemerals()[0]?.press('Yes');

    const payload = slack.journal.entries({ route: 'block_actions' })[0]?.payload;
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
  });

  test('can carry a forged value, but only from a person who sees the message', async () => {
    const values: unknown[] = [];
    const { slack, app } = await start((bolt) =>
      bolt.action<never>('ok', async ({ ack, action }: { ack: () => Promise<void>; action: { value?: string } }) => {
        values.push(action.value);
        await ack();
      }),
    );
    const blocks = [{ ...actions(button('Yes', 'ok', { value: 'honest' })), block_id: 'decide' }];
    const { channel = '', ts = '' } = await app.client.chat.postMessage({
      channel: 'U0EMMA',
      text: 'Approve?',
      blocks,
    });
    const press = { message: { channel, ts }, blockId: 'decide', actionId: 'ok', value: 'forged' };
    await slack.person('U0EMMA').raw.blockAction(press);

    expect(values).toEqual(['forged']);
    await expect(slack.person('U0MARC').raw.blockAction(press)).rejects.toThrow('sees no message');
  });
});

test('scopes are needed, and an unknown method is a breach', async () => {
  const { app } = await start(undefined, { manifest: { scopes: ['commands'] } });

  await expect(app.client.chat.postMessage({ channel: 'U0EMMA', text: 'x' })).rejects.toEqual(error('missing_scope'));
  await expect(app.client.users.info({ user: 'U0EMMA' })).rejects.toEqual(error('missing_scope'));
  await expect(app.client.apiCall('chat.shout', { text: 'x' })).rejects.toMatchObject({ statusCode: 404 });
  await expect(app.client.apiCall('auth.test', { verbose: true })).resolves.toMatchObject({ ok: true });
  expect(breaches()).toEqual(['missing_scope', 'missing_scope', 'unknown_method', 'unknown_argument']);
});

test('the users methods describe people as Slack does', async () => {
  const { slack, app } = await start();
  const info = async (user: string) => (await app.client.users.info({ user, include_locale: true })).user;

  expect(await info('U0EMMA')).toMatchObject({
    locale: 'fr-FR',
    tz: 'Europe/Paris',
    profile: { email: 'emma@acme.test' },
  });
  expect((await app.client.users.info({ user: 'U0EMMA' })).user).not.toHaveProperty('locale');
  expect((await info('U0HIDDEN'))?.profile).not.toHaveProperty('email');
  expect(await info('U0GONE')).toMatchObject({ deleted: true });
  expect(await info('U0OTHER')).toMatchObject({ is_stranger: true, team_id: 'T0STRANGER' });
  expect((await app.client.users.lookupByEmail({ email: 'Marc@acme.test' })).user?.id).toBe('U0MARC');
  await expect(app.client.users.lookupByEmail({ email: 'greta@acme.test' })).rejects.toEqual(error('users_not_found'));
  await expect(info('U0NOBODY')).rejects.toEqual(error('user_not_found'));
  const page = await app.client.users.list({ limit: 3 });
  const rest = await app.client.users.list({ cursor: page.response_metadata?.next_cursor ?? '', limit: 100 });
  expect([...(page.members ?? []), ...(rest.members ?? [])].map((one) => one.id)).toEqual(
    slack.seed.people.map((one) => one.id),
  );
});

test('blocks.validate applies the same rules, and calling it is no breach', async () => {
  const { app } = await start();
  const blocks = [section('x'.repeat(3001))];

  await expect(app.client.blocks.validate({ blocks: [section('fine')] })).resolves.toMatchObject({ ok: true });
  await expect(app.client.blocks.validate({ blocks })).rejects.toMatchObject({
    data: { error: 'invalid_blocks', errors: [{ pointer: '/blocks/0/text/text' }] },
  });
  expect(breaches()).toEqual([]);
});
