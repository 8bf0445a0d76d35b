import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { answerOptions } from '../../src/handlers/options.ts';
import { sayingOption } from '../../src/views/blocks.ts';
import { searchFailed } from '../../src/views/order-form/product.ts';

const noLog = { info: () => {}, warn: () => {}, error: () => {} };

/** What the person reads in the list, and after how long. */
async function answered(search: () => Promise<ReturnType<typeof sayingOption>[]>) {
  const rows: string[] = [];
  const began = performance.now();
  await answerOptions(
    { sleep, log: noLog },
    {
      ack: async ({ options }) => {
        rows.push(...options.map(({ text }) => text.text));
      },
    },
    search,
  );
  return { rows, ms: performance.now() - began };
}

it('answers with what was found', async () => {
  expect((await answered(async () => [sayingOption('MacBook')])).rows).toEqual(['MacBook']);
});

it('answers with a readable row when the search fails', async () => {
  const { rows } = await answered(async () => {
    throw new Error('Redis is away');
  });

  expect(rows).toEqual([searchFailed]);
});

it('answers with a readable row before Slack gives up on a search that hangs', async () => {
  const { rows, ms } = await answered(() => new Promise(() => {}));

  expect(rows).toEqual([searchFailed]);
  expect(ms).toBeLessThan(2800);
});
