import type { ModalView } from '@slack/types';
import { afterEach, expect, test } from 'vitest';
import { type TinyApp, tinyApp } from './tiny-app.ts';

let tiny: TinyApp | undefined;

afterEach(async () => {
  await tiny?.stop();
  tiny = undefined;
});

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

const order: ModalView = {
  type: 'modal',
  callback_id: 'order',
  title: plain('Order equipment'),
  submit: plain('Add to cart'),
  blocks: [
    { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'name' } },
    {
      type: 'input',
      block_id: 'country',
      label: plain('Delivery country'),
      element: {
        type: 'static_select',
        action_id: 'country',
        options: [
          { text: plain('France'), value: 'FR' },
          { text: plain('Germany'), value: 'DE' },
        ],
      },
    },
  ],
};

test('a command opens a modal, and what is submitted becomes a message', async () => {
  tiny = await tinyApp((app) => {
    app.command('/fleet', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: order });
    });
    app.view('order', async ({ ack, body, client }) => {
      await ack();
      const country = body.view.state.values.country?.country?.selected_option?.value;
      const name = body.view.state.values.name?.name?.value;
      await client.chat.postMessage({ channel: body.user.id, text: `For ${name} in ${country}` });
    });
  });
  const { slack } = tiny;
  const emma = slack.person('U0EMMA');

  const act = await emma.command('/fleet order');
  const modal = await slack.until(() => emma.modal());
  await modal.fill('Name', 'Emma');
  await modal.select('Delivery country', 'Germany');
  const result = await modal.submit();
  const message = await slack.until(() => emma.message('For Emma'));

  expect(act.status).toBe(200);
  expect(modal.title).toBe('Order equipment');
  expect(modal.labels()).toEqual(['Name', 'Delivery country']);
  expect(result.kind).toBe('closed');
  expect(emma.modal()).toBeUndefined();
  expect(message.text()).toBe('For Emma in DE');
  expect(message.channel).toBe(emma.dm());
  slack.violations.assertNone();
});
