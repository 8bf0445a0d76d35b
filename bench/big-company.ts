/**
 * A company of 10,000 people with 2,000 orders in progress and 300 product groups on one key of 100 requests a minute,
 * while fifty people order a device within ten minutes. The exit code is 1 if a limit of the product is broken.
 *
 *   REDIS_URL=redis://… npx tsx bench/big-company.ts loaded|empty [people, default 50]
 *
 * `loaded`: everybody is known and the directory is due for a refresh. `empty`: nobody is known yet, and early arrivals
 * wait for the first full pass. Runs until the second sweep over the orders, about twelve minutes.
 */
import { type BigCompanyOptions, bigCompany, type Waited } from '../test/acceptance/big-company.ts';
import { callsByUrgency } from '../test/acceptance/calls-by-urgency.ts';
import { freshness, moveSome, recordedOf } from '../test/acceptance/fresh-statuses.ts';
import { busiestMinute, isBackground, perMinute } from '../test/acceptance/requests-by-minute.ts';
import { until } from '../test/support/world.ts';
import { verdict } from './big-company-limits.ts';
import { print, spread } from './print.ts';

const MINUTE_MS = 60_000;
const MINUTES = 10;
/** The product's default, set in the environment as well so that nothing else can change it. */
const POLL_SECONDS = 600;
/** Time for a sweep to read its twenty pages within the background share of the budget. */
const SWEEP_MS = MINUTE_MS;
const MOVED = 100;

const [mode, people] = argumentsOf(process.argv.slice(2));
const { calls, around } = callsByUrgency();
const company = await bigCompany({ directory: mode, pollSeconds: POLL_SECONDS, around });
const { world } = company;
await until(() => world.fleet.journal.entries().length > 0);
const startedAt = world.fleet.journal.entries()[0]?.time ?? Date.now();
const minutesIn = (time: number): string => `${((time - startedAt) / MINUTE_MS).toFixed(1)} min`;

const comers: Promise<{ readonly minute: number; readonly waited: readonly Waited[]; readonly inVain: number }>[] = [];
let moved: readonly number[] = [];
for (let minute = 0; minute < MINUTES; minute += 1) {
  await company.wait(startedAt + minute * MINUTE_MS);
  if (minute === MINUTES / 2) moved = moveSome(world, MOVED);
  comers.push(come(minute, Math.round(((minute + 1) * people) / MINUTES) - Math.round((minute * people) / MINUTES)));
}
const came = await Promise.all(comers);
await company.wait(startedAt + MINUTES * MINUTE_MS);
// The second sweep starts one interval after the first, so every change in between is known once it ends.
const allowedMs = POLL_SECONDS * 1_000 + SWEEP_MS;
const isRecorded = async (): Promise<boolean> => (await recordedOf(world, moved)) === moved.length;
await until(isRecorded, startedAt + allowedMs - Date.now()).catch(() => undefined);

const endedAt = Date.now();
const entries = world.fleet.journal.entries();
const background = entries.filter(isBackground);
const forNobody = calls.filter(({ urgency }) => urgency !== 'person').sort((one, other) => one.time - other.time);
const forPeople = calls.filter(({ urgency }) => urgency === 'person');
const completeAt = company.completeAt();
const fresh = freshness(world, { startedAt, endedAt, allowedMs });
const found = {
  ...{ mode, people, all: busiestMinute(entries), background: busiestMinute(forNobody) },
  served: came.flatMap(({ waited }) => waited).length,
  inVain: came.reduce((sum, one) => sum + one.inVain, 0),
  refused: entries.filter(({ status }) => status === 429).length,
  slowestFormMs: Math.max(0, ...came.flatMap(({ waited }) => waited.map(({ form }) => form))),
  slowestAddedMs: Math.max(0, ...came.flatMap(({ waited }) => waited.map(({ added }) => added))),
  slowestCallMs: Math.max(0, ...forPeople.map((one) => one.time - one.startedAt)),
  slowestAckMs: world.slowestAckMs(),
  broken: world.slack.violations.breaches().map(({ rule, where }) => `${rule} (${where})`),
  isComplete: completeAt !== null,
  ...{ fresh, moved: moved.length, recorded: await recordedOf(world, moved) },
  carts: world.fleet.carts().length,
};

print('mode', mode);
print('lasted', minutesIn(endedAt));
print('requests, calls made by the app', `${entries.length}, ${calls.length}`);
for (const [route, count] of Object.entries(world.fleet.journal.countByRoute())) print(route, count);
for (const [minute, counts] of perMinute(entries).entries()) print(`minute ${minute}`, JSON.stringify(counts));
for (const { minute, waited, inVain } of came) {
  print(`waited for the form in minute ${minute}, ms`, spread(waited.map(({ form }) => form)));
  print(
    `waited for the cart in minute ${minute}, ms`,
    `${spread(waited.map(({ added }) => added))}, never served ${inVain}`,
  );
}
print('waited for the form, ms', spread(came.flatMap(({ waited }) => waited.map(({ form }) => form))));
print('waited for the cart, ms', spread(came.flatMap(({ waited }) => waited.map(({ added }) => added))));
print('calls for people, with the wait for the budget, ms', spread(forPeople.map((one) => one.time - one.startedAt)));
print('slowest acknowledgement, ms', Math.round(found.slowestAckMs));
print('busiest 60 s: all', found.all);
print('busiest 60 s: background (directory, sweeps, caches)', found.background);
print('busiest 60 s: directory and sweeps, by route', busiestMinute(background));
print('refused with 429', found.refused);
print('directory complete after', completeAt === null ? 'never' : minutesIn(completeAt));
print('orders read at least every 11 min', `${fresh.withinInterval} of ${fresh.orders}`);
print('all orders read once after', fresh.allReadAfterMs === null ? 'never' : `${fresh.allReadAfterMs} ms`);
print('longest time an order went unread', `${Math.round(fresh.longestUnreadMs / 1_000)} s`);
print('changed in Fleet in minute 5 and recorded here', `${found.recorded} of ${found.moved}`);
print('carts', found.carts);
const broken = verdict(found);
for (const one of broken) print('broken', one);
process.exitCode = broken.length === 0 ? 0 : 1;
// The violations are already printed above.
await company.close({ violations: 'expected' });

async function come(minute: number, count: number) {
  const waited: Waited[] = [];
  const settled = await Promise.allSettled(Array.from({ length: count }, () => company.order(1)));
  for (const one of settled) {
    if (one.status === 'fulfilled') waited.push(...one.value);
    else print(`never served in minute ${minute}`, String(one.reason).split('\n', 1).join());
  }
  return { minute, waited, inVain: count - waited.length };
}

function argumentsOf([mode, people = '50']: readonly string[]): readonly [BigCompanyOptions['directory'], number] {
  if ((mode !== 'loaded' && mode !== 'empty') || !(Number(people) > 0))
    throw new Error('usage: big-company.ts loaded|empty [people]');
  return [mode, Number(people)];
}
