import type { Locator, Page } from 'playwright-core';
import { people } from '../../../acme.ts';

export const dmOf = (userId: string): string => `D${userId.slice(1)}`;

export async function typeCommand(page: Page, command: string): Promise<void> {
  const composer = page.getByRole('combobox', { name: /^Message / });
  await composer.fill(command);
  await composer.press('Enter');
}

/** Types into a select and picks the option with this name. */
export async function pick(page: Page, label: string, words: string, option: string | RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true });
  await field.click();
  await field.fill(words);
  await page.getByRole('option', { name: option }).first().click();
}

export async function switchTo(page: Page, firstName: string): Promise<void> {
  await page.getByRole('navigation', { name: 'You are' }).getByRole('button', { name: firstName }).click();
  await page.getByRole('region', { name: `Slack, as ${firstName}` }).waitFor();
}

export async function openApp(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Channels and direct messages' })
    .getByRole('button', { name: /^Fleet for Slack/ })
    .click();
}

export async function openPanel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.getByRole('complementary', { name: 'Behind the scenes' }).waitFor();
}

/** Slack's part of the page, without the panel, which has buttons of its own. */
export function slackPart(page: Page): Locator {
  return page.getByRole('region', { name: /^Slack, as / });
}

export async function fillOrder(page: Page, words: string, product: string): Promise<void> {
  await typeCommand(page, '/fleet order');
  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
  await pick(page, 'Product', words, product);
  const configuration = page.getByRole('combobox', { name: 'Configuration', exact: true });
  await configuration.waitFor();
  if ((await configuration.inputValue()) === '') await pick(page, 'Configuration', '', /./);
  await page.getByText(/\/month/).waitFor();
}

/** Anna asks Clara to approve one laptop. Resolves once the modal is closed again. */
export async function askClara(page: Page): Promise<void> {
  await fillOrder(page, 'MacBook Pro', 'MacBook Pro 14');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  await pick(page, 'Approver', 'Clara', /Clara/);
  await page.getByRole('textbox', { name: 'Note to the approver' }).fill('The old one is broken.');
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page
    .getByText(/^Sent to /)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
}

export async function approve(page: Page): Promise<void> {
  await slackPart(page)
    .getByRole('button', { name: /^Approve order/ })
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
}

export { people };
