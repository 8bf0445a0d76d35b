import { afterAll, beforeAll, expect, it } from 'vitest';
import { dmOf, people, slackPart } from './support/acts.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeAll(async () => {
  opened = await openDemo();
});
afterAll(() => opened.close());

const plain = (text: string) => ({ type: 'plain_text', text });
const options = ['One', 'Two', 'Three'].map((text) => ({ text: plain(text), value: text.toLowerCase() }));
const cells = (...texts: string[]) => texts.map((text) => ({ type: 'raw_text', text }));
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
});

const blocks = [
  { type: 'header', text: plain('A header') },
  { type: 'section', text: plain('A section'), fields: [plain('Field one'), plain('Field two')] },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'A _context_' }] },
  { type: 'divider' },
  { type: 'image', image_url: 'https://img.fleet.test/1.png', alt_text: 'A picture' },
  rich('Rich text'),
  { type: 'table', rows: [cells('Column', 'Other'), cells('Cell', 'Second cell')] },
  {
    type: 'actions',
    block_id: 'pressed',
    elements: [
      { type: 'button', action_id: 'button', text: plain('A button') },
      { type: 'overflow', action_id: 'overflow', options },
      { type: 'datepicker', action_id: 'date', initial_date: '2026-11-21' },
      { type: 'timepicker', action_id: 'time', initial_time: '14:05' },
    ],
  },
  {
    type: 'actions',
    block_id: 'chosen',
    elements: [
      { type: 'static_select', action_id: 'static', placeholder: plain('Local list'), options },
      { type: 'users_select', action_id: 'users', placeholder: plain('A person') },
      { type: 'channels_select', action_id: 'channels', placeholder: plain('A channel') },
      { type: 'multi_static_select', action_id: 'many', placeholder: plain('Several'), options },
      { type: 'radio_buttons', action_id: 'radio', options },
      { type: 'checkboxes', action_id: 'checks', options },
    ],
  },
];

it('renders blocks our app does not send today, and every element works', async () => {
  const { demo } = opened;
  const page = await opened.open(people.eva, { at: dmOf(people.eva) });
  const response = await fetch(`${demo.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: people.eva, text: 'A gallery', blocks }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
  const slack = slackPart(page);

  for (const text of ['A header', 'A section', 'Field two', 'Rich text', 'Second cell', 'A button'])
    await slack.getByText(text).first().waitFor();
  expect(await page.locator('.unknown').count()).toBe(0);

  // The app knows none of these elements, but the page must still show what is chosen.
  await choose('A person', 'Ben', 'Ben Martin');
  await choose('Local list', 'tw', 'Two');
  await slack.getByRole('radio', { name: 'Three' }).click();
  const values = () => demo.slack.state.snapshot().messages[dmOf(people.eva)]?.[0]?.values.chosen;
  await expect.poll(values).toMatchObject({
    users: { selected_user: people.ben },
    static: { selected_option: { value: 'two' } },
    radio: { selected_option: { value: 'three' } },
  });

  async function choose(label: string, words: string, option: string): Promise<void> {
    const field = slack.getByRole('combobox', { name: label });
    await field.click();
    await field.fill(words);
    await slack.getByRole('option', { name: option }).click();
    await expect.poll(() => field.inputValue()).toBe(option);
  }
});
