import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startDemo } from './start-demo.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const wide = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;
const dark = { ...wide, colorScheme: 'dark' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'light' } as const;
const darkPhone = { ...phone, colorScheme: 'dark' } as const;

/** Takes the README's screenshots of the main views: `npx tsx scripts/screenshots.ts`. */
export async function takeScreenshots(say: (text: string) => void): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' });
  const shoot = async (page: Page, name: string): Promise<void> => {
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${folder}${name}.png` });
    say(`docs/screenshots/${name}.png`);
  };
  const at = (person: string, options: BrowserContextOptions, channel = '') =>
    open(browser, `${demo.url}/#/${person}/${channel}`, options);
  try {
    const anna = await at('U0ANNA', wide);
    await anna.getByRole('combobox', { name: /^Message / }).pressSequentially('/fleet');
    await shoot(anna, 'channel');
    await orderForm(anna);
    await shoot(anna, 'order-equipment');
    const small = await at('U0ANNA', phone);
    await shoot(small, 'order-equipment-phone');
    await addToCart(anna);
    await shoot(anna, 'your-cart');
    await anna.getByRole('button', { name: 'Send for approval' }).click();
    await anna
      .getByText(/^Sent to /)
      .first()
      .waitFor();

    const clara = await at('U0CLARA', wide, 'D0CLARA');
    await clara.getByRole('button', { name: /^Approve order/ }).waitFor();
    await shoot(clara, 'card');
    await shoot(await at('U0CLARA', darkPhone, 'D0CLARA'), 'card-phone-dark');
    await shoot(await at('U0CLARA', dark, 'D0CLARA'), 'card-dark');
    await clara.getByRole('button', { name: /^Approve order/ }).click();
    await shoot(clara, 'approve');
    await clara.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
    await clara.getByText('Ordered.').waitFor();
    const panel = await at('U0CLARA', { ...wide, viewport: { width: 1440, height: 900 } }, 'D0CLARA');
    await panel.getByText('Ordered.').waitFor();
    await panel.getByRole('button', { name: 'Behind the scenes' }).click();
    await shoot(panel, 'behind-the-scenes');
    await anna.getByRole('button', { name: 'Close', exact: true }).last().click();
    const home = await at('U0ANNA', wide, 'D0ANNA/home');
    await home.waitForTimeout(1_500);
    if ((await home.locator('.home-empty').count()) === 0) await shoot(home, 'home');
  } finally {
    await browser.close();
    await demo.close();
  }
}

async function open(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  await page.getByRole('region', { name: /^Slack, as / }).waitFor();
  await page.waitForTimeout(300);
  return page;
}

async function orderForm(page: Page): Promise<void> {
  const composer = page.getByRole('combobox', { name: /^Message / });
  await composer.fill('/fleet order');
  await composer.press('Enter');
  await page.getByRole('dialog', { name: 'Order equipment' }).waitFor();
  await choose(page, 'Product', 'MacBook Pro', 'MacBook Pro 14');
  await page.getByRole('combobox', { name: 'Configuration', exact: true }).waitFor();
  await choose(page, 'Configuration', '', /16 GB · 512 GB/);
  await page.getByText(/\/month/).waitFor();
  await page.getByRole('combobox', { name: 'Configuration' }).blur();
}

async function addToCart(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Quantity' }).fill('2');
  await page.getByText(/2 × /).waitFor();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
  await choose(page, 'Approver', 'Clara', /Clara/);
  const note = page.getByRole('textbox', { name: 'Note to the approver' });
  await note.fill('For the two who join us on Monday.');
  await note.blur();
}

async function choose(page: Page, label: string, words: string, option: string | RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true });
  await field.click();
  await field.fill(words);
  await page.getByRole('option', { name: option }).first().click();
}
