/**
 * A company of 10,000 people with 2,000 orders under way on one key of 100 requests a minute, while
 * five people a minute order a device: requests by route and by minute, and how long people waited.
 *
 *   npx tsx bench/big-company.ts [minutes, 10]
 */
import { bigCompany } from '../test/acceptance/big-company.ts';
import { busiestMinute, isBackground, perMinute } from '../test/acceptance/requests-by-minute.ts';

const minutes = Number(process.argv[2] ?? 10);
const company = await bigCompany({ directory: 'empty' });
const { world } = company;
const print = (what: string, value: unknown): void => void process.stdout.write(`${what}: ${JSON.stringify(value)}\n`);
/** Spread over the time that the directory takes, in which nobody can be matched, and the time after it. */
const bursts = Array.from({ length: minutes }, (_, turn) => ({ atMs: turn * 60_000, people: 5 }));
const startedAt = Date.now();
const orders: Promise<unknown>[] = [];
for (const { atMs, people } of bursts) {
  await company.wait(startedAt + atMs);
  const minute = atMs / 60_000;
  orders.push(
    company.order(people).then(
      (waited) => print(`waited in minute ${minute} (ms)`, waited),
      () => print(`in vain in minute ${minute}`, people),
    ),
  );
}
await company.wait(startedAt + minutes * 60_000);
await Promise.all(orders);

const entries = world.fleet.journal.entries();
print('by route', world.fleet.journal.countByRoute());
for (const [minute, counts] of perMinute(entries).entries()) print(`minute ${minute}`, counts);
print('busiest 60 s, all', busiestMinute(entries));
print('busiest 60 s, background', busiestMinute(entries.filter(isBackground)));
print('refused with 429', entries.filter(({ status }) => status === 429).length);
print(
  'the directory is complete',
  world.logged.some(({ message }) => message === 'the directory is complete'),
);
print('carts', world.fleet.carts().length);
await company.close();
