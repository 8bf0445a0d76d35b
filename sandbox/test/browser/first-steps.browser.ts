import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillOrder, people, pick, slackPart, typeCommand } from './support/acts.ts';
import { faults, overhang } from './support/looks.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeEach(async () => {
  opened = await openDemo();
});
afterEach(() => opened.close());

const guideOf = (page: Page): Locator => page.getByRole('region', { name: 'First steps' });
const currentStep = (page: Page): Locator => guideOf(page).locator('[aria-current=step]');

const screens = [
  { name: 'on a wide screen', options: { colorScheme: 'light' } },
  {
    name: 'on a phone, in the dark, without motion',
    options: { colorScheme: 'dark', reducedMotion: 'reduce', viewport: { width: 390, height: 844 } },
  },
] as const;

describe.each(screens)('a newcomer $name', ({ options }) => {
  it("orders, approves and ships with the guide's buttons alone, in less than two minutes", async () => {
    const { demo } = opened;
    const page = await opened.open('', options);
    const guide = guideOf(page);
    let watched = 0;
    const follow = async (button: string): Promise<void> => {
      await guide.getByRole('button', { name: button, exact: true }).waitFor();
      expect(await faults(page), button).toEqual([]);
      expect(await overhang(page), button).toBeLessThanOrEqual(0);
      const begun = performance.now();
      await guide.getByRole('button', { name: button, exact: true }).click();
      await guide.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
      watched += performance.now() - begun;
    };

    for (const button of ['Order as Anna', 'Fill it in', 'Send the cart']) await follow(button);
    expect(await guide.getByRole('listitem').first().innerText()).toContain('Requested');
    for (const button of ['Go to Clara', 'Approve as Clara', 'Ship it']) await follow(button);

    await guide.getByText('Shipped, and nobody left Slack.').waitFor();
    await slackPart(page).getByText("It's on its way.").waitFor();
    expect(demo.fleet.orders()).toMatchObject([
      { clientStatus: 'SHIPPED', purchaserId: 11, validations: [{ signatoryId: 21 }] },
    ]);
    expect(watched).toBeLessThan(120_000);
    await guide.getByRole('button', { name: 'Look behind the scenes' }).click();
    await page.getByRole('complementary', { name: 'Behind the scenes' }).waitFor();
    await guide.waitFor({ state: 'detached' });
    demo.slack.violations.assertNone();
  });
});

it('the guide follows whoever acts without it, and names the approver they chose', async () => {
  const page = await opened.open(people.ben);
  const guide = guideOf(page);
  await guide.getByRole('button', { name: 'Order as Anna' }).waitFor();

  await fillOrder(page, 'MacBook Pro', 'MacBook Pro 14');
  await guide.getByText('Ben orders').waitFor();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  await guide.getByRole('button', { name: 'Send the cart' }).waitFor();
  await pick(page, 'Approver', 'Dan', /Dan/);
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page
    .getByText(/^Sent to /)
    .first()
    .waitFor();
  await expect.poll(() => currentStep(page).innerText()).toContain('Dan approves');
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();

  await guide.getByRole('button', { name: 'Go to Dan' }).click();
  await slackPart(page).getByRole('button', { name: 'Ask for changes' }).click();
  await page.getByRole('textbox', { name: 'What should change?' }).fill('A smaller one.');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();

  await guide.getByRole('button', { name: 'Go to Ben' }).click();
  await guide.getByRole('button', { name: 'Open the cart' }).waitFor();
  expect(await currentStep(page).innerText()).toContain('Ben orders');
});

it('the guide stays hidden after a reload, and comes back on request', async () => {
  const page = await opened.open(people.anna);
  await page.getByRole('button', { name: 'Hide the first steps' }).click();
  await guideOf(page).waitFor({ state: 'detached' });

  await page.reload();
  await page.getByRole('main').waitFor();
  const back = page.getByRole('button', { name: 'First steps' });
  await back.waitFor();
  expect(await guideOf(page).count()).toBe(0);
  await back.click();

  await guideOf(page).getByRole('button', { name: 'Order as Anna' }).waitFor();
});

it('F6 reaches the guide from an open modal, and the keyboard works from there', async () => {
  const page = await opened.open(people.anna);
  await typeCommand(page, '/fleet order');
  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
  const fill = guideOf(page).getByRole('button', { name: 'Fill it in' });
  await fill.waitFor();

  await page.keyboard.press('F6');
  await expect.poll(() => fill.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');

  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  expect(await page.getByRole('dialog').evaluate((box) => box.contains(document.activeElement))).toBe(true);
});

it('once everything is shipped the guide disappears, and pages opened later have none', async () => {
  const page = await opened.open(people.anna);
  await fillOrder(page, 'MacBook Air', 'MacBook Air 13');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  const { fleet } = opened.demo;
  const orderId = fleet.carts()[0]?.id ?? 0;
  fleet.cockpit.validate(orderId);
  await guideOf(page).getByRole('button', { name: 'Ship it' }).waitFor();
  while (fleet.order(orderId)?.clientStatus !== 'SHIPPED') fleet.cockpit.advance(orderId);
  await guideOf(page).getByText('Shipped, and nobody left Slack.').waitFor();

  const late = await opened.open(people.clara);

  await late.getByRole('button', { name: 'Play the story' }).waitFor();
  expect(await guideOf(late).count()).toBe(0);
  expect(await late.getByRole('button', { name: 'First steps' }).count()).toBe(0);

  // With no pointer on it, it disappears.
  await guideOf(page).waitFor({ state: 'detached' });
});
