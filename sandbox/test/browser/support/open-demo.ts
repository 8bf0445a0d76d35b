import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';

export interface OpenDemo {
  readonly demo: Demo;
  /** Opens a page as this person. For a phone, pass `{ viewport: { width: 390, height: 844 } }`. */
  open(userId: string, options?: BrowserContextOptions & { readonly at?: string }): Promise<Page>;
  /** Fails if a page sent a request to another machine or threw an error. */
  close(): Promise<void>;
}

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export async function openDemo(): Promise<OpenDemo> {
  if (!existsSync(executablePath))
    throw new Error(`no browser at ${executablePath}: apt-get install chromium, or set CHROMIUM_PATH`);
  const demo = await startDemo();
  const browser: Browser = await chromium.launch({ executablePath });
  const foreign: string[] = [];
  const fallen: string[] = [];
  return {
    demo,
    async open(userId, { at = '', ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      context.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(demo.url) && !url.startsWith('data:')) foreign.push(url);
      });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => fallen.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') fallen.push(message.text());
      });
      // A screenshot for debugging the failure.
      onTestFailed(async ({ task }) => {
        const path = join(tmpdir(), `${task.name.replace(/\W+/gu, '-').slice(0, 60)}-${userId}.png`);
        await page.screenshot({ path });
        process.stdout.write(`screenshot: ${path}\n`);
      });
      await page.goto(`${demo.url}/#/${userId}${at === '' ? '' : `/${at}`}`);
      await page.getByRole('main').waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await demo.close();
      if (foreign.length > 0) throw new Error(`the page contacted other machines:\n${foreign.join('\n')}`);
      if (fallen.length > 0) throw new Error(`the page reported errors:\n${fallen.join('\n')}`);
    },
  };
}
