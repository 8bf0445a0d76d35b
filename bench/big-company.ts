/**
 * A company of 10,000 people with 2,000 orders under way on one key of 100 requests a minute, for eleven minutes, while
 * fifty people each order a device: requests by route and by minute, and how long people waited.
 *
 *   npx tsx bench/big-company.ts [minutes]
 */
import { bigCompany } from '../test/acceptance/big-company.ts';
import { busiestMinute, isBackground, perMinute } from '../test/acceptance/requests-by-minute.ts';

const minutes = Number(process.argv[2] ?? 11);
const company = await bigCompany({ directory: 'empty' });
const { world } = company;
const print = (what: string, value: unknown): void => void process.stdout.write(`${what}: ${JSON.stringify(value)}\n`);
/** Fifty people, spread over the time that the directory takes, and some more when it stands. */
const bursts = Array.from({ length: 10 }, (_, turn) => ({ atMs: turn * 60_000, people: 5 }));
const startedAt = Date.now();
const orders: Promise<unknown>[] = [];
for (const { atMs, people } of bursts) {
  await company.wait(startedAt + atMs);
  if (atMs > minutes * 60_000) break;
  orders.push(company.order(people).then((waited) => print(`waited in minute ${atMs / 60_000} (ms)`, waited)));
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
