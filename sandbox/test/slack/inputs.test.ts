import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackModal, SubmitResult } from '../../slack/start.ts';
import { actions, button, input, modal, option, plain, section, select, text } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

async function open(view: ModalView, register: (app: App) => void = () => undefined): Promise<SlackModal> {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    register(app);
  });
  const emma = tiny.slack.person('U0EMMA');
  await emma.command('/fleet order');
  return tiny.slack.until(() => emma.modal());
}

const sent = (route: string): number => tiny?.slack.journal.entries({ route }).length ?? 0;
const rules = (): string[] => tiny?.slack.violations.breaches().map((one) => one.rule) ?? [];

const everyInput: ModalView = modal([
  text('Text'),
  input('Number', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '20' }),
  input('Email', { type: 'email_text_input' }),
  input('Link', { type: 'url_text_input' }),
  select('One', ['a', 'b']),
  input('Several', { type: 'multi_static_select', options: [option('x'), option('y'), option('z')] }),
  input('Radio', { type: 'radio_buttons', options: [option('lease'), option('buy')] }),
  input('Boxes', { type: 'checkboxes', options: [option('p'), option('q')] }),
  input('Person', { type: 'users_select' }),
  input('People', { type: 'multi_users_select' }),
  input('Channel', { type: 'conversations_select' }),
  input('Day', { type: 'datepicker' }),
  input('Time', { type: 'timepicker' }),
]);

test('view.state.values has the shape of every input, empty and filled in', async () => {
  const form = await open(everyInput, (app) => app.view('form', async ({ ack }) => ack()));
  const before = tiny?.slack.state.snapshot().views[form.id]?.values;
  for (const [label, value] of [
    ['Text', 'hello'],
    ['Number', '3'],
    ['Email', 'a@b.test'],
    ['Link', 'https://a.test'],
    ['Day', '2026-11-21'],
    ['Time', '10:30'],
  ] as const) {
    await form.fill(label, value);
  }
  await form.select('One', 'b');
  await form.select('Several', ['x', 'z']);
  await form.choose('Radio', 'lease');
  await form.select('Boxes', ['q']);
  await form.select('Person', 'Marc Keller');
  await form.select('People', ['Ada Lind']);
  await form.select('Channel', '#equipment');
  const result = await form.submit();

  expect(result.kind).toBe('closed');
  expect(before).toMatchObject({
    text: { value: { type: 'plain_text_input', value: null } },
    one: { value: { type: 'static_select', selected_option: null } },
    several: { value: { type: 'multi_static_select', selected_options: [] } },
    person: { value: { type: 'users_select', selected_user: null } },
  });
  const payload = tiny?.slack.journal.entries({ route: 'view_submission' })[0]?.payload;
  const box = (value: string) => ({ text: plain(value), value });
  expect(payload).toMatchObject({
    type: 'view_submission',
    view: {
      state: {
        values: {
          text: { value: { type: 'plain_text_input', value: 'hello' } },
          number: { value: { type: 'number_input', value: '3' } },
          email: { value: { type: 'email_text_input', value: 'a@b.test' } },
          link: { value: { type: 'url_text_input', value: 'https://a.test' } },
          one: { value: { type: 'static_select', selected_option: box('b') } },
          several: { value: { type: 'multi_static_select', selected_options: [box('x'), box('z')] } },
          radio: { value: { type: 'radio_buttons', selected_option: box('lease') } },
          boxes: { value: { type: 'checkboxes', selected_options: [box('q')] } },
          person: { value: { type: 'users_select', selected_user: 'U0MARC' } },
          people: { value: { type: 'multi_users_select', selected_users: ['U0ADA'] } },
          channel: { value: { type: 'conversations_select', selected_conversation: 'C0EQUIP' } },
          day: { value: { type: 'datepicker', selected_date: '2026-11-21' } },
          time: { value: { type: 'timepicker', selected_time: '10:30' } },
        },
      },
    },
  });
});

describe('what Slack refuses before it calls the app', () => {
  test.each<[string, ModalView, (form: SlackModal) => Promise<unknown>, string | undefined]>([
    ['an empty required field', modal([text('Why')]), async () => undefined, 'Please complete this required field.'],
    ['an empty optional field', modal([text('Why', {}, { optional: true })]), async () => undefined, undefined],
    [
      'too short a text',
      modal([text('Why', { min_length: 5 })]),
      (form) => form.fill('Why', 'abc'),
      'Please enter at least 5 characters.',
    ],
    [
      'too long a text',
      modal([text('Why', { max_length: 3 })]),
      (form) => form.fill('Why', 'abcd'),
      'Please enter no more than 3 characters.',
    ],
    [
      'a number below the minimum',
      numbered(),
      (form) => form.fill('Why', '0'),
      'Please enter a number that is 1 or more.',
    ],
    [
      'a number above the maximum',
      numbered(),
      (form) => form.fill('Why', '21'),
      'Please enter a number that is 20 or less.',
    ],
    ['an invalid number', numbered(), (form) => form.fill('Why', '1.5'), 'Please enter a whole number.'],
    ['a valid number', numbered(), (form) => form.fill('Why', '20'), undefined],
    [
      'an invalid email',
      modal([input('Why', { type: 'email_text_input' })]),
      (form) => form.fill('Why', 'emma'),
      'Please enter a valid email.',
    ],
  ])('%s', async (_name, view, act, error) => {
    const form = await open(view, (app) => app.view('form', async ({ ack }) => ack()));
    await act(form);

    const result = await form.submit();

    if (error === undefined) {
      expect(result.kind).toBe('closed');
      expect(sent('view_submission')).toBe(1);
    } else {
      expect(result).toMatchObject({ kind: 'errors', errors: { Why: error }, bySlack: true });
      expect(form.field('Why').error).toBe(error);
      expect(sent('view_submission')).toBe(0);
    }
  });
});

function numbered(): ModalView {
  return modal([input('Why', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '20' })]);
}

describe('dispatch_action', () => {
  const dispatch = { dispatch_action: true };
  test.each<[string, ModalView, (form: SlackModal) => Promise<unknown>, number]>([
    ['a plain select sends nothing', modal([select('It', ['a', 'b'])]), (form) => form.select('It', 'a'), 0],
    ['a dispatching select does', modal([select('It', ['a', 'b'], {}, dispatch)]), (form) => form.select('It', 'a'), 1],
    ['typing without Enter sends nothing', modal([text('It', {}, dispatch)]), (form) => form.fill('It', 'a'), 0],
    ['Enter notifies the app', modal([text('It', {}, dispatch)]), (form) => form.fill('It', 'a', { enter: true }), 1],
    [
      'Enter does nothing without dispatch_action',
      modal([text('It')]),
      (form) => form.fill('It', 'a', { enter: true }),
      0,
    ],
    [
      'each character notifies the app if it asks for that',
      modal([text('It', { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } }, dispatch)]),
      (form) => form.fill('It', 'a'),
      1,
    ],
  ])('%s', async (_name, view, act, times) => {
    const form = await open(view, (app) => app.action('value', async ({ ack }) => ack()));
    await act(form);

    expect(sent('block_actions')).toBe(times);
    expect(form.field('It').value).toBe('a');
    expect(rules()).toEqual([]);
  });
});

describe('the acknowledgement of a submission', () => {
  async function submitted(answer: object): Promise<{ result: SubmitResult; form: SlackModal }> {
    const form = await open(modal([section('above'), text('Why')]), (app) =>
      app.view('form', async ({ ack }) => ack(answer as never)),
    );
    await form.fill('Why', 'x');
    return { result: await form.submit(), form };
  }

  test('with errors shows them at the field', async () => {
    const { result, form } = await submitted({ response_action: 'errors', errors: { why: 'Say more' } });

    expect(result).toMatchObject({ kind: 'errors', errors: { Why: 'Say more' } });
    expect(form.errors()).toEqual({ Why: 'Say more' });
    expect(form.text()).toContain('Say more');
    await form.fill('Why', 'more');
    expect(form.errors()).toEqual({});
    expect(rules()).toEqual([]);
  });

  test('with a view changes it in place', async () => {
    const { result, form } = await submitted({ response_action: 'update', view: modal([section('Adding…')]) });

    expect(result.kind).toBe('updated');
    expect(form.isOpen).toBe(true);
    expect(form.text()).toContain('Adding…');
  });

  test.each<[string, object]>([
    ['errors for a block that is not an input', { response_action: 'errors', errors: { other: 'x' } }],
    ['errors without any', { response_action: 'errors', errors: {} }],
    ['a view that Slack refuses', { response_action: 'update', view: modal([section('')]) }],
    ['an unknown action', { response_action: 'reload' }],
    ['no action', { text: 'thanks' }],
  ])('with %s leaves the person with "trouble connecting"', async (_name, answer) => {
    const { result, form } = await submitted(answer);

    expect(result.kind).toBe('failed');
    expect(result.shown?.[0]?.text).toBe('We had some trouble connecting. Try again?');
    expect(form.isOpen).toBe(true);
    expect(rules()).toEqual(['invalid_ack_body']);
  });
});

describe('buttons in a modal', () => {
  test('are identified by the text near them', async () => {
    const pressed: (string | undefined)[] = [];
    const rows = ['MacBook', 'ThinkPad'].flatMap((name) => [
      section(name),
      actions(button('Edit', 'edit', { value: name })),
    ]);
    const form = await open(modal(rows, { callback_id: 'form' }), (app) =>
      app.action<never>('edit', async ({ ack, action }: { ack: () => Promise<void>; action: { value?: string } }) => {
        pressed.push(action.value);
        await ack();
      }),
    );
    await form.press('Edit', { near: 'ThinkPad' });
    await form.press('Edit', { nth: 0 });

    expect(pressed).toEqual(['ThinkPad', 'MacBook']);
    await expect(form.press('Edit')).rejects.toThrow('2 buttons are called "Edit"');
    await expect(form.press('Remove')).rejects.toThrow('no button "Remove" here; buttons: "Edit", "Edit"');
  });

  test('with a confirm dialog need an answer', async () => {
    const confirm = {
      title: plain('Approve?'),
      text: plain('€1,200 in all'),
      confirm: plain('Approve'),
      deny: plain('Back'),
    };
    const form = await open(modal([actions(button('Approve', 'ok', { confirm }))]), (app) =>
      app.action('ok', async ({ ack }) => ack()),
    );

    await expect(form.press('Approve')).rejects.toThrow('€1,200 in all');
    expect((await form.press('Approve', { confirm: false })).sent).toBe(false);
    expect((await form.press('Approve', { confirm: true })).status).toBe(200);
    expect(form.button('Approve').confirm).toMatchObject({ text: '€1,200 in all', deny: 'Back' });
    expect(sent('block_actions')).toBe(1);
  });
});
