import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillOrder, openPanel, people, slackPart, typeCommand } from './support/acts.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeAll(async () => {
  opened = await openDemo();
});
afterAll(() => opened.close());

async function turn(page: Page, on: boolean): Promise<void> {
  await page.getByText('Fleet is down (503)').click();
  await page.getByRole('switch', { name: /Fleet is down/, checked: on }).waitFor();
}

it('a killed app leaves the command in the field, and a new one answers on the same port', async () => {
  const page = await opened.open(people.eva);
  await openPanel(page);
  await page.getByRole('button', { name: 'Kill' }).click();
  await page.getByText('killed').waitFor();

  await typeCommand(page, '/fleet help');
  await page.getByText(/failed with the error/).waitFor();
  expect(await page.getByRole('combobox', { name: /^Message / }).inputValue()).toBe('/fleet help');

  await page.getByRole('button', { name: 'Start again' }).click();
  await page.getByText('running').waitFor();
  await typeCommand(page, '/fleet help');
  await page.getByText('Only visible to you').waitFor();
});

it('shows each exchange with its payload', async () => {
  const page = await opened.open(people.eva);
  await openPanel(page);
  await typeCommand(page, '/fleet help');

  const row = page.getByRole('button', { name: /Slack → App command .*\/fleet help/ }).first();
  await row.click();

  await page.getByText('"command": "/fleet"').waitFor();
});

it('with Fleet down the modal still opens', async () => {
  const page = await opened.open(people.eva);
  await openPanel(page);
  await page.getByRole('tab', { name: 'Trouble' }).click();
  await turn(page, true);
  await typeCommand(page, '/fleet order');

  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();

  await turn(page, false);
  await page.keyboard.press('Escape');
});

it('shows what Fleet holds, and the clock moves forward', async () => {
  const page = await opened.open(people.ben);
  await openPanel(page);
  await fillOrder(page, 'MacBook Air', 'MacBook Air 13');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();

  await page.getByRole('tab', { name: /^Fleet/ }).click();
  await page.getByRole('tabpanel').getByText('not ordered').waitFor();
  await page.getByRole('button', { name: '+1 day' }).click();

  await page.getByText('24 h ahead').waitFor();
  expect(opened.demo.clock.offsetMs()).toBe(24 * 3_600_000);
});

it('a broken Slack rule shows at once', async () => {
  const page = await opened.open(people.dan);
  await openPanel(page);
  const answer = await fetch(`${opened.demo.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${opened.demo.slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: people.dan, text: 'x', blocks: [{ type: 'header', text: 'no object' }] }),
  });
  expect(await answer.json()).toMatchObject({ ok: false });

  await page.getByRole('tab', { name: 'Rules 1' }).click();

  await page.getByText('Broken').waitFor();
  expect(await slackPart(page).getByText('no object').count()).toBe(0);
});

it('plays the story to the end', async () => {
  const page = await opened.open(people.clara, { reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Play the story' }).click();

  await page.getByText('nobody left Slack').waitFor({ timeout: 85_000 });

  expect(opened.demo.fleet.orders()).toMatchObject([{ clientStatus: 'SHIPPED', purchaserId: 11 }]);
});
