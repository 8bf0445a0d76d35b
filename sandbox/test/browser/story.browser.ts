import { afterAll, beforeAll, expect, it } from 'vitest';
import { approve, fillOrder, openApp, people, pick, slackPart, switchTo, typeCommand } from './support/acts.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeAll(async () => {
  opened = await openDemo();
});
afterAll(() => opened.close());

it('three people take an order from the form to the shipment', async () => {
  const { demo } = opened;
  const page = await opened.open(people.anna);

  await typeCommand(page, '/fleet order');
  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
  await pick(page, 'Delivery country', 'Fran', 'France');
  await pick(page, 'Product', 'zenith dock 250', 'Zenith Dock 250');
  const configuration = page.getByRole('combobox', { name: 'Configuration', exact: true });
  await configuration.waitFor();
  if ((await configuration.inputValue()) === '') await pick(page, 'Configuration', '', /./);
  // The app redraws the modal with the price, and an update clears the field errors.
  await page
    .getByText(/\/month/)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Quantity' }).fill('0');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByText('Please enter a number that is 1 or more.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Quantity' }).getAttribute('aria-invalid')).toBe('true');

  await page.getByRole('textbox', { name: 'Quantity' }).fill('2');
  await page.getByText(/2 × /).waitFor();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.getByText('Please complete this required field.').waitFor();
  await pick(page, 'Approver', 'cla', /Clara/);
  await page.getByRole('textbox', { name: 'Note to the approver' }).fill('For the two new desks.');
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page
    .getByText(/^Sent to /)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();

  await switchTo(page, 'Clara');
  await openApp(page);
  await page.getByText('For the two new desks.').waitFor();
  await approve(page);
  await slackPart(page).getByText('Ordered.').waitFor();
  const [order] = demo.fleet.orders();
  expect(order?.lines).toHaveLength(2);
  expect(order?.validations).toMatchObject([{ purchaserId: 11, signatoryId: 21 }]);

  const id = order?.id ?? 0;
  while (demo.fleet.order(id)?.clientStatus !== 'SHIPPED') demo.fleet.cockpit.advance(id);
  await demo.clock.move(24 * 3_600_000);
  await switchTo(page, 'Anna');
  await openApp(page);
  await slackPart(page)
    .getByText(/hipped/)
    .first()
    .waitFor();
  expect(await page.locator('.unknown').count()).toBe(0);
  demo.slack.violations.assertNone();
});

it('text typed into the modal is still there after visiting another page', async () => {
  const page = await opened.open(people.ben);
  await fillOrder(page, 'MacBook Air', 'MacBook Air 13');
  await page.getByRole('textbox', { name: 'Quantity' }).fill('3');
  await page.getByText(/3 × /).waitFor();

  await page.reload();

  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('3');
});

it('a guest reads why they cannot order', async () => {
  const page = await opened.open(people.guest);
  await typeCommand(page, '/fleet order');

  await page.getByText(/Guests can.t order equipment/).waitFor();
});

it('the global shortcut opens the same modal, and a name after @ is completed', async () => {
  const page = await opened.open(people.dan);
  const composer = page.getByRole('combobox', { name: /^Message / });
  await composer.pressSequentially('/fl');
  await composer.press('Enter');
  expect(await composer.inputValue()).toBe('/fleet ');
  await composer.fill('/fleet status @be');
  await composer.press('Tab');
  expect(await composer.inputValue()).toBe('/fleet status @ben ');

  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: /Order equipment/ }).click();

  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
});
