import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackModal, SlackPerson } from '../../slack/start.ts';
import { actions, button, modal, section, text } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;
let clock = 0;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

type Opened = { client: WebClient; trigger: string };

async function start(register: (app: App) => void): Promise<SlackPerson> {
  clock = Date.now();
  tiny = await tinyApp(register, { now: () => clock });
  return tiny.slack.person('U0EMMA');
}

/** An app that only passes each command's client and trigger to the test. */
async function handover(
  register: (app: App) => void = () => undefined,
): Promise<{ emma: SlackPerson; command(): Promise<Opened> }> {
  const seen: Opened[] = [];
  const emma = await start((app) => {
    app.command('/fleet', async ({ ack, body, client }) => {
      seen.push({ client, trigger: body.trigger_id });
      await ack();
    });
    app.action('next', async ({ ack, body, client }) => {
      seen.push({ client, trigger: 'trigger_id' in body ? (body.trigger_id ?? '') : '' });
      await ack();
    });
    register(app);
  });
  return {
    emma,
    async command() {
      await emma.command('/fleet');
      const last = seen.at(-1);
      if (last === undefined) throw new Error('no command arrived');
      return last;
    },
  };
}

async function openModal(
  view: ModalView,
  register: (app: App) => void = () => undefined,
): Promise<{ client: WebClient; form: SlackModal; emma: SlackPerson }> {
  const { emma, command } = await handover(register);
  const { client, trigger } = await command();
  await client.views.open({ trigger_id: trigger, view });
  const form = emma.modal();
  if (form === undefined) throw new Error('no modal');
  return { client, form, emma };
}

const rules = (): string[] => tiny?.slack.violations.breaches().map((one) => one.rule) ?? [];
const error = (code: string) => expect.objectContaining({ data: expect.objectContaining({ error: code }) });

describe('trigger_id', () => {
  test('opens one modal only', async () => {
    const { command } = await handover();
    const { client, trigger } = await command();
    await client.views.open({ trigger_id: trigger, view: modal([]) });

    await expect(client.views.open({ trigger_id: trigger, view: modal([]) })).rejects.toEqual(
      error('exchanged_trigger_id'),
    );
    expect(rules()).toEqual(['exchanged_trigger_id']);
  });

  test('is good for three seconds', async () => {
    const { command } = await handover();
    const inTime = await command();
    clock += 3000;
    await inTime.client.views.open({ trigger_id: inTime.trigger, view: modal([]) });
    const late = await command();
    clock += 3001;

    await expect(late.client.views.open({ trigger_id: late.trigger, view: modal([]) })).rejects.toEqual(
      error('expired_trigger_id'),
    );
    expect(rules()).toEqual(['expired_trigger_id']);
  });

  test('is refused if the app made it up', async () => {
    const { command } = await handover();
    const { client } = await command();

    await expect(client.views.open({ trigger_id: 'mine', view: modal([]) })).rejects.toEqual(
      error('invalid_trigger_id'),
    );
  });

  test('is not used up by a view that Slack refuses', async () => {
    const { emma, command } = await handover();
    const { client, trigger } = await command();

    await expect(client.views.open({ trigger_id: trigger, view: modal([section('')]) })).rejects.toEqual(
      error('invalid_arguments'),
    );
    await client.views.open({ trigger_id: trigger, view: modal([section('fine')]) });
    expect(emma.modal()?.text()).toBe('Form\nfine\nSend');
  });
});

describe('the stack', () => {
  test('holds three views, and a push needs an act inside a modal', async () => {
    const { emma, command } = await handover();
    const fromCommand = await command();
    const next = modal([actions(button('Next', 'next'))]);
    await fromCommand.client.views.open({ trigger_id: fromCommand.trigger, view: next });
    const push = async (): Promise<unknown> => {
      await emma.modal()?.press('Next');
      const call = tiny?.slack.journal.entries({ route: 'block_actions' }).at(-1)?.payload as { trigger_id: string };
      return fromCommand.client.views.push({ trigger_id: call.trigger_id, view: next });
    };
    await push();
    await push();

    await expect(push()).rejects.toEqual(error('push_limit_reached'));
    const other = await command();
    await expect(other.client.views.push({ trigger_id: other.trigger, view: next })).rejects.toEqual(
      error('invalid_trigger_id'),
    );
    expect(tiny?.slack.state.snapshot().modals.U0EMMA).toHaveLength(3);
  });

  test('shows the view below when the top one is submitted, and nothing after clear', async () => {
    const second = modal([text('Why')], { callback_id: 'second', title: { type: 'plain_text', text: 'Second' } });
    const { form, emma } = await openModal(modal([text('What')]), (app) => {
      app.view('form', async ({ ack }) => ack({ response_action: 'push', view: second }));
      app.view('second', async ({ ack, view }) => {
        const why = view.state.values.why?.value?.value;
        await (why === 'all' ? ack({ response_action: 'clear' }) : ack());
      });
    });
    await form.fill('What', 'laptop');

    expect((await form.submit()).kind).toBe('pushed');
    await emma.modal()?.fill('Why', 'one');
    expect((await emma.modal()?.submit())?.kind).toBe('closed');
    expect(emma.modal()?.title).toBe('Form');
    await form.submit();
    await emma.modal()?.fill('Why', 'all');
    expect((await emma.modal()?.submit())?.kind).toBe('cleared');
    expect(emma.modal()).toBeUndefined();
  });
});

describe('updates', () => {
  test('keep values whose block_id and action_id stay the same, and apply initial values only to new ids', async () => {
    const first = modal([text('Name'), text('City', { initial_value: 'Paris' }), text('Zip')]);
    const { client, form } = await openModal(first);
    await form.fill('Name', 'Emma');
    const renamed = { ...text('Zip', { initial_value: '75001' }), block_id: 'zip_2' };
    await client.views.update({
      view_id: form.id,
      view: modal([text('Name', { initial_value: 'nobody' }), text('City', { initial_value: 'Berlin' }), renamed]),
    });

    expect([form.field('Name').value, form.field('City').value, form.field('Zip').value]).toEqual([
      'Emma',
      'Paris',
      '75001',
    ]);
  });

  test('restore the value of a field that was removed and returns, whatever its initial value', async () => {
    const { client, form } = await openModal(modal([text('Name'), text('City', { initial_value: 'Paris' })]));
    await form.fill('Name', 'Emma');
    await client.views.update({ view_id: form.id, view: modal([section('meanwhile')]) });
    await client.views.update({
      view_id: form.id,
      view: modal([text('Name', { initial_value: 'Marc' }), text('City', { initial_value: 'Berlin' })]),
    });

    expect([form.field('Name').value, form.field('City').value]).toEqual(['Emma', 'Paris']);
  });

  test('with an old hash are a conflict', async () => {
    const { client, form } = await openModal(modal([]));
    const before = form.hash;
    await client.views.update({ view_id: form.id, hash: before, view: modal([section('one')]) });

    expect(form.hash).not.toBe(before);
    await expect(client.views.update({ view_id: form.id, hash: before, view: modal([]) })).rejects.toEqual(
      error('hash_conflict'),
    );
    expect(form.text()).toContain('one');
    expect(rules()).toEqual([]);
  });

  test('find a view by external_id, which is unique', async () => {
    const { client, form, emma } = await openModal(modal([], { external_id: 'mine' }));
    await client.views.update({ external_id: 'mine', view: modal([section('found')]) });
    expect(form.text()).toContain('found');

    await tiny?.slack.person('U0MARC').command('/fleet');
    const call = tiny?.slack.journal.entries({ route: 'command' }).at(-1)?.payload as { trigger_id: string };
    const again = client.views.open({ trigger_id: call.trigger_id, view: modal([], { external_id: 'mine' }) });
    await expect(again).rejects.toEqual(error('duplicate_external_id'));
    await emma.modal()?.close();
    await client.views.open({ trigger_id: call.trigger_id, view: modal([], { external_id: 'mine' }) });
  });

  test('of a modal that the person closed are not_found, which is no breach', async () => {
    const { client, form } = await openModal(modal([]));
    await form.close();

    await expect(client.views.update({ view_id: form.id, view: modal([]) })).rejects.toEqual(error('not_found'));
    expect(rules()).toEqual([]);
    await expect(form.submit()).rejects.toThrow('closed');
  });
});

describe('closing', () => {
  test('tells the app only with notify_on_close', async () => {
    const { form, emma, client } = await openModal(modal([]), (app) => {
      app.view({ callback_id: 'told', type: 'view_closed' }, async ({ ack }) => ack());
    });
    expect(await form.close()).toBeUndefined();
    await emma.command('/fleet');
    const call = tiny?.slack.journal.entries({ route: 'command' }).at(-1)?.payload as { trigger_id: string };
    await client.views.open({
      trigger_id: call.trigger_id,
      view: modal([], { callback_id: 'told', notify_on_close: true }),
    });

    const act = await emma.modal()?.close();
    expect(act?.status).toBe(200);
    expect(tiny?.slack.journal.entries({ route: 'view_closed' })).toHaveLength(1);
  });
});

test('private_metadata can be tampered with, as an attacker would', async () => {
  const { form } = await openModal(modal([text('What')], { private_metadata: 'honest' }), (app) => {
    app.view('form', async ({ ack, view }) =>
      ack({ response_action: 'errors', errors: { what: view.private_metadata } }),
    );
  });
  tiny?.slack.tamper.privateMetadata(form.id, 'forged');
  await form.fill('What', 'x');

  expect((await form.submit()).errors).toEqual({ What: 'forged' });
});
