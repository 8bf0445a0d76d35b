import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approve, askClara, fillOrder, openApp, openPanel, people, switchTo, typeCommand } from './support/acts.ts';
import { faults, overhang } from './support/looks.ts';
import { type OpenDemo, openDemo } from './support/open-demo.ts';

let opened: OpenDemo;
beforeEach(async () => {
  opened = await openDemo();
});
afterEach(() => opened.close());

const looks = [
  { name: 'wide and light', options: { colorScheme: 'light' } },
  { name: 'wide and dark', options: { colorScheme: 'dark' } },
  { name: 'on a phone, light', options: { colorScheme: 'light', viewport: { width: 390, height: 844 } } },
  { name: 'on a phone, dark', options: { colorScheme: 'dark', viewport: { width: 390, height: 844 } } },
] as const;

describe.each(looks)('$name', ({ options }) => {
  it('every main view passes axe and fits its screen', async () => {
    const page = await opened.open(people.anna, options);
    const isNarrow = 'viewport' in options;
    const check = async (view: string): Promise<void> => {
      expect(await faults(page), view).toEqual([]);
      expect(await overhang(page), view).toBeLessThanOrEqual(0);
    };
    const showApp = async (): Promise<void> => {
      if (isNarrow) await page.getByRole('button', { name: 'Open the channel list' }).click();
      await openApp(page);
    };
    await check('channel');

    await fillOrder(page, 'MacBook Pro', 'MacBook Pro 14');
    await check('Order equipment');
    await page.getByRole('combobox', { name: 'Product' }).click();
    await page.getByRole('option').first().waitFor();
    await check('an open list');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel' }).click();

    await askClara(page);
    await switchTo(page, 'Clara');
    await showApp();
    await page.getByRole('button', { name: /^Approve order/ }).waitFor();
    await check('card');
    await approve(page);
    await page.getByText('Ordered.').waitFor();
    await check('signed card');
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.waitForTimeout(500);
    await check('Home');
    await openPanel(page);
    for (const tab of [/^Traffic/, /^Fleet/, /^Trouble/, /^Rules/]) {
      await page.getByRole('tab', { name: tab }).click();
      await check(`panel ${tab}`);
    }
  });
});

it('on a phone a table scrolls without breaking words', async () => {
  const eva = await opened.open(people.eva);
  await fillOrder(eva, 'MacBook Air', 'MacBook Air 13');
  await eva.getByRole('button', { name: 'Add to cart' }).click();
  await eva.getByRole('dialog', { name: 'Your cart' }).waitFor();
  const page = await opened.open(people.dan, { viewport: { width: 390, height: 844 } });
  await typeCommand(page, '/fleet carts');

  const heads = page.getByRole('columnheader');
  await heads.first().waitFor();

  const lines = await heads.evaluateAll((cells) =>
    cells.map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return [cell.textContent, range.getClientRects().length];
    }),
  );
  expect(lines).toContainEqual(['Number', 1]);
  expect(lines.filter(([, count]) => count !== 1)).toEqual([]);
  expect(await overhang(page)).toBeLessThanOrEqual(0);
});

it('an order works by keyboard alone, with the focus kept in the modal and restored after it', async () => {
  const page = await opened.open(people.eva);
  const composer = page.getByRole('combobox', { name: /^Message / });
  await composer.focus();
  await page.keyboard.type('/fleet order');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Order equipment' });
  await dialog.waitFor();
  await page.getByRole('combobox', { name: 'Product' }).focus();
  await page.keyboard.type('MacBook Air');
  await page.getByRole('option', { name: 'MacBook Air 13' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Configuration' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Product' }).inputValue()).toBe('MacBook Air 13');

  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');

  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => composer.evaluate((field) => field === document.activeElement)).toBe(true);
});
