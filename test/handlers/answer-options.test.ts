import { expect, it } from 'vitest';
import { ANSWER_WITHIN_MS, answerOptions } from '../../src/handlers/options.ts';
import { sayingOption } from '../../src/views/blocks.ts';
import { searchFailed } from '../../src/views/order-form/product.ts';

const noLog = { info: () => {}, warn: () => {}, error: () => {} };
type Search = () => Promise<ReturnType<typeof sayingOption>[]>;

/** What the person reads in the list, and how long the search was given. */
async function answered(search: Search, time: { readonly isUp?: true; readonly searchTimeoutMs?: number } = {}) {
  const { isUp, ...limit } = time;
  const rows: string[] = [];
  const given: number[] = [];
  const sleep = (ms: number) => {
    given.push(ms);
    return isUp ? Promise.resolve() : new Promise<void>(() => undefined);
  };
  const ack = async ({ options }: { options: ReturnType<typeof sayingOption>[] }) => {
    rows.push(...options.map(({ text }) => text.text));
  };
  await answerOptions({ sleep, log: noLog, ...limit }, { ack }, search);
  return { rows, given };
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

const hangs: Search = () => new Promise(() => undefined);

it('answers with a readable row before Slack gives up on a search that hangs', async () => {
  expect(await answered(hangs, { isUp: true })).toEqual({ rows: [searchFailed], given: [ANSWER_WITHIN_MS] });
  expect(ANSWER_WITHIN_MS).toBeLessThan(2_800);
});

it('gives a search as long as the instance says', async () => {
  expect((await answered(hangs, { isUp: true, searchTimeoutMs: 9_000 })).given).toEqual([9_000]);
});
