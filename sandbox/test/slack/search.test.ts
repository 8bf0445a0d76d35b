import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, describe, expect, test } from 'vitest';
import type { SlackModal, SlackOptions } from '../../slack/start.ts';
import { button, input, modal, option, plain, text } from './blocks.ts';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

const products = Array.from({ length: 250 }, (_, index) => `Product ${index + 1}`);

interface Lookup {
  query: string;
  values: unknown;
}

function catalogue(app: App, lookups: Lookup[] = []): void {
  app.options('value', async ({ ack, options }) => {
    lookups.push({ query: options.value, values: 'view' in options ? options.view?.state.values : undefined });
    const found = products.filter((name) => name.toLowerCase().includes(options.value.toLowerCase()));
    await ack({ options: found.slice(0, 100).map((name) => option(name)) });
  });
}

async function open(view: ModalView, register: (app: App) => void, options: SlackOptions = {}): Promise<SlackModal> {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view('form', async ({ ack }) => ack());
    register(app);
  }, options);
  const emma = tiny.slack.person('U0EMMA');
  await emma.command('/fleet order');
  return tiny.slack.until(() => emma.modal());
}

const searched = (element: object = {}): ModalView =>
  modal([text('Name', { initial_value: 'Emma' }), input('Product', { type: 'external_select', ...element })]);
const rules = (): string[] => tiny?.slack.violations.breaches().map((one) => one.rule) ?? [];

test('finds and chooses the 250th product', async () => {
  const form = await open(searched(), (app) => catalogue(app));

  expect(await form.search('Product', 'product 25')).toEqual(['Product 25', 'Product 250']);
  await form.selectSearched('Product', 'product 250', 'Product 250');
  expect((await form.submit()).kind).toBe('closed');

  const [payload] = tiny?.slack.journal.entries({ route: 'view_submission' }) ?? [];
  const chosen = { type: 'external_select', selected_option: { value: 'Product 250' } };
  expect(payload?.payload).toMatchObject({ view: { state: { values: { product: { value: chosen } } } } });
  expect(rules()).toEqual([]);
});

test('asks the app only from min_query_length on, three by default', async () => {
  const lookups: Lookup[] = [];
  const form = await open(searched(), (app) => catalogue(app, lookups));

  expect(await form.search('Product', 'pr')).toEqual([]);
  expect(lookups).toEqual([]);
  await expect(form.select('Product', 'Product 1')).rejects.toThrow('use selectSearched');
});

test('with min_query_length 0 the list can be browsed', async () => {
  const form = await open(searched({ min_query_length: 0 }), (app) => catalogue(app));
  await form.select('Product', 'Product 7');

  expect(form.field('Product').value).toBe('Product 7');
});

test('a look-up carries no state, so that apps cannot rely on it', async () => {
  const lookups: Lookup[] = [];
  const form = await open(searched(), (app) => catalogue(app, lookups));
  await form.fill('Name', 'Marc');
  await form.search('Product', 'product');

  expect(lookups).toEqual([{ query: 'product', values: {} }]);
});

test('or a stale one, if the workspace is set to', async () => {
  const lookups: Lookup[] = [];
  const form = await open(searched(), (app) => catalogue(app, lookups), { suggestionState: 'stale' });
  await form.fill('Name', 'Marc');
  await form.search('Product', 'product');

  expect(lookups[0]?.values).toMatchObject({ name: { value: { value: 'Emma' } } });
});

test('a person chooses only from what was offered', async () => {
  const form = await open(searched(), (app) => catalogue(app));

  await expect(form.selectSearched('Product', 'product 3', 'Product 9')).rejects.toThrow('is not among the results');
  const raw = tiny?.slack.person('U0EMMA').raw;
  await expect(raw?.setValue(form.id, 'product', 'value', 'Product 9')).rejects.toThrow('is not an option');
});

describe('answers that Slack cannot show', () => {
  const many = products.slice(0, 101).map((name) => option(name));
  test.each<[string, object]>([
    ['101 options', { options: many }],
    ['no options field', {}],
    ['long values', { options: [option('a', 'x'.repeat(151))] }],
  ])('%s', async (_name, answer) => {
    const form = await open(searched(), (app) => app.options('value', async ({ ack }) => ack(answer as never)));

    expect(await form.search('Product', 'product')).toEqual([]);
    expect(rules()).toEqual(['invalid_options_answer']);
  });

  test('too late', async () => {
    const form = await open(searched(), (app) => app.options('value', async () => undefined), { ackTimeoutMs: 200 });

    expect(await form.search('Product', 'product')).toEqual([]);
    expect(rules()).toEqual(['late_ack']);
  });

  test('in a workspace whose manifest has no options URL', async () => {
    const manifest = { commands: [{ command: '/fleet', shouldEscape: true }], optionsUrlSet: false };
    const form = await open(searched(), (app) => catalogue(app), { manifest });

    expect(await form.search('Product', 'product')).toEqual([]);
    expect(rules()).toEqual(['no_options_url']);
  });
});

test('groups are offered, and a static list is filtered without asking', async () => {
  const local = input('Country', { type: 'static_select', options: ['France', 'Germany'].map((one) => option(one)) });
  const form = await open(modal([local, input('Product', { type: 'external_select', min_query_length: 1 })]), (app) =>
    app.options('value', async ({ ack }) =>
      ack({ option_groups: [{ label: plain('Laptops'), options: [option('Air')] }] }),
    ),
  );

  expect(await form.search('Country', 'fr')).toEqual(['France']);
  expect(await form.search('Product', 'a')).toEqual(['Air']);
  expect(tiny?.slack.journal.entries({ route: 'block_suggestion' })).toHaveLength(1);
});

test('a searched list works in a message too', async () => {
  const picked: string[] = [];
  tiny = await tinyApp((app) => {
    app.options('person', async ({ ack }) => ack({ options: [option('Ada')] }));
    app.action({ type: 'block_actions', action_id: 'person' }, async ({ ack, action }) => {
      if (action.type === 'external_select') picked.push(action.selected_option?.value ?? '');
      await ack();
    });
  });
  const { slack, app } = tiny;
  const blocks = [
    {
      type: 'actions' as const,
      elements: [
        button('Other', 'other'),
        { type: 'external_select' as const, action_id: 'person', placeholder: plain('Who'), min_query_length: 1 },
      ],
    },
  ];
  await app.client.chat.postMessage({ channel: 'U0EMMA', text: 'Who?', blocks });
  const message = slack.person('U0EMMA').message('Who?');
  await message?.selectSearched('Who', 'a', 'Ada');

  expect(picked).toEqual(['Ada']);
});
