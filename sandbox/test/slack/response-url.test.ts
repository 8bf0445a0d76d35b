import type { RespondFn } from '@slack/bolt';
import { RespondError } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackPerson } from '../../slack/start.ts';
import { actions, button, modal, section } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;
let clock = 0;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

/** Types a command and returns its `respond`. */
async function respondOf(
  channelId = 'G0SECRET',
): Promise<{ emma: SlackPerson; marc: SlackPerson; respond: RespondFn }> {
  clock = Date.now();
  const seen: RespondFn[] = [];
  tiny = await tinyApp(
    (app) => {
      app.command('/fleet', async ({ ack, respond }) => {
        seen.push(respond);
        await ack();
      });
      app.action('again', async ({ ack, respond }) => {
        seen.push(respond);
        await ack();
      });
    },
    { now: () => clock },
  );
  const { slack } = tiny;
  const emma = slack.person('U0EMMA');
  await emma.command('/fleet', { channelId });
  return { emma, marc: slack.person('U0MARC'), respond: (message) => (seen.at(-1) as RespondFn)(message) };
}

const rules = (): string[] => tiny?.slack.violations.breaches().map((one) => one.rule) ?? [];
const texts = (person: SlackPerson, channel = 'G0SECRET'): string[] =>
  person.messagesIn(channel).map((one) => one.text());

test('answers where the bot is not a member, privately unless the app asks for in_channel', async () => {
  const { emma, marc, respond } = await respondOf();
  await respond('only you');
  const answer = await respond({ text: 'everybody', response_type: 'in_channel' });

  expect(texts(emma)).toEqual(['only you', 'everybody']);
  expect(texts(marc)).toEqual(['everybody']);
  expect(await answer.text()).toBe('ok');
  expect(rules()).toEqual([]);
});

test('is good for five answers', async () => {
  const { emma, respond } = await respondOf();
  for (let count = 1; count <= 5; count += 1) await respond(`${count}`);

  await expect(respond('6')).rejects.toBeInstanceOf(RespondError);
  expect(texts(emma)).toEqual(['1', '2', '3', '4', '5']);
  expect(rules()).toEqual(['used_url']);
});

test('is good for thirty minutes', async () => {
  const { emma, respond } = await respondOf();
  clock += 30 * 60_000;
  await respond('in time');
  clock += 1;

  await expect(respond('late')).rejects.toMatchObject({ statusCode: 404 });
  expect(texts(emma)).toEqual(['in time']);
  expect(rules()).toEqual(['expired_url']);
});

test('is judged like every message', async () => {
  const { respond } = await respondOf();

  await expect(respond({ text: 'x', blocks: [section('')] })).rejects.toMatchObject({ statusCode: 400 });
  await expect(respond({ response_type: 'ephemeral' } as never)).rejects.toMatchObject({ statusCode: 400 });
  await respond({ blocks: [section('no text')] });
  expect(rules()).toEqual(['invalid_blocks', 'no_text', 'missing_text']);
});

test('of a button replaces and deletes the message, ephemeral or not', async () => {
  const { emma, respond } = await respondOf();
  await respond({ text: 'first', blocks: [section('first'), actions(button('Again', 'again'))] });
  await emma.message('first')?.press('Again');
  await respond({
    text: 'second',
    replace_original: true,
    blocks: [section('second'), actions(button('Again', 'again'))],
  });
  expect(texts(emma)).toEqual(['second\n[Again]']);

  await emma.message('second')?.press('Again');
  await respond({ delete_original: true } as never);
  expect(texts(emma)).toEqual([]);
  expect(rules()).toEqual([]);
});

test('the acknowledgement of a command can be the answer', async () => {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, command }) => {
      await (command.text === 'bad' ? ack({ text: 'x', blocks: [section('')] }) : ack('Here is help'));
    });
  });
  const emma = tiny.slack.person('U0EMMA');
  const act = await emma.command('/fleet help', { channelId: 'C0GENERAL' });
  expect(act.shown).toEqual([{ kind: 'ephemeral', text: 'Here is help' }]);
  expect(emma.ephemerals('C0GENERAL').map((one) => one.text())).toEqual(['Here is help']);
  expect(rules()).toEqual([]);

  const bad = await emma.command('/fleet bad');
  expect(bad.shown[0]?.kind).toBe('error');
  expect(rules()).toEqual(['invalid_ack_body']);
});

describe('acts in a modal', () => {
  test('have no response_url', async () => {
    tiny = await tinyApp((app) => {
      app.command('/fleet', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: modal([actions(button('Go', 'go'))]) });
        await ack();
      });
      app.action('go', async ({ ack }) => ack());
    });
    const emma = tiny.slack.person('U0EMMA');
    await emma.command('/fleet');
    await emma.modal()?.press('Go');

    const payload = tiny.slack.journal.entries({ route: 'block_actions' })[0]?.payload;
    expect(payload).toMatchObject({ container: { type: 'view' }, view: { type: 'modal' } });
    expect(payload).not.toHaveProperty('response_url');
    expect(payload).not.toHaveProperty('channel');
  });
});
