/**
 * Counts the files between an act and its last visible effect: the files in `src` with a function that ran in between, on
 * the happy path, in the app running between its stand-ins. A file counts if it ran every time the flow was played, so
 * that timers and a busy machine add nothing.
 *
 *   npm run trace                       the table
 *   npm run --silent trace -- --list    also lists each flow's files, with a dot before those of a trusted layer
 *   npm run --silent trace -- --json    the table and the lists as JSON
 */
import { parseArgs } from 'node:util';
import { sweepNow } from '../test/support/requests-of.ts';
import { people, startWorld, type World } from '../test/support/world.ts';
import { recordFiles } from './files-that-ran.ts';

/**
 * The doors to Slack, Fleet and Redis, and the wiring between them: the same for every act, so that you need not open
 * them to read one flow. The same goes for the files directly in `src`.
 */
const trustedLayers = [
  'src/app/',
  'src/fleet/',
  'src/handlers/index.ts',
  'src/handlers/listener.ts',
  'src/jobs/queue.ts',
  'src/jobs/relay.ts',
  'src/jobs/worker.ts',
  'src/slack/',
  'src/store/',
  'src/views/guard.ts',
  'src/views/fit.ts',
];

function isTrusted(file: string): boolean {
  return /^src\/[^/]+$/u.test(file) || trustedLayers.some((layer) => file.startsWith(layer));
}

const TIMES = 3;

/** Runs one flow; the measuring version also records it. */
type Run = (flow: string, act: () => Promise<unknown>) => Promise<unknown>;

/** Plays one order, from the command to the message that it has shipped. */
async function playOrder(world: World, note: string, run: Run): Promise<void> {
  const { slack, fleet } = world;
  const [anna, clara] = [slack.person(people.anna), slack.person(people.clara)];
  const modal = (field: string, text: string) =>
    slack.until(
      () => {
        const open = anna.modal();
        return open?.hasField(field) && open.text().includes(text) ? open : undefined;
      },
      { what: `a modal with ${field} and ${text}` },
    );
  const card = (who: typeof anna) =>
    slack.until(() => who.messagesIn().findLast((one) => one.text().includes(note)), { what: `a card for ${who.id}` });

  await run('/fleet order, warm, to the priced form', async () => {
    await anna.command('/fleet order thinkpad x1');
    await modal('Product', '€59.90');
  });
  const form = await modal('Product', '€59.90');
  await run('Add to cart, to Your cart', async () => {
    await form.submit();
    await modal('Approver', 'ThinkPad X1 Carbon');
  });
  const cart = await modal('Approver', 'ThinkPad X1 Carbon');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.fill('Note to the approver', note);
  await cart.submit();
  const cards = [await card(clara), await card(anna)] as const;
  await anna.modal()?.closeAll();
  const bothSay = (text: string) =>
    slack.until(() => cards.every((one) => one.text().includes(text)), { what: `${text} on both cards` });

  await run('Approve, to Ordered on both cards', async () => {
    await cards[0].press('Approve', { confirm: true });
    await bothSay('Ordered');
  });
  const order = fleet.orders().findLast(({ validations }) => validations.length > 0);
  if (order === undefined) throw new Error('Fleet has no order');
  fleet.cockpit.setStatus(order.id, 'SHIPPED');
  const before = anna.messagesIn().length;
  await run('Sweep, to the message and both cards', async () => {
    await sweepNow(world);
    await slack.until(() => anna.messagesIn().length > before, { what: 'a message about the shipment' });
    await bothSay('Shipped');
  });
}

async function measure(): Promise<ReadonlyMap<string, readonly string[]>> {
  const world = await startWorld();
  const recorder = await recordFiles();
  const found = new Map<string, readonly string[]>();
  try {
    // The first run fills the caches.
    await playOrder(world, 'order 0', (_, act) => act());
    for (let time = 1; time <= TIMES; time += 1)
      await playOrder(world, `order ${time}`, async (flow, act) => {
        await world.quiet();
        const files = await recorder.during(act);
        found.set(flow, found.get(flow)?.filter((file) => files.includes(file)) ?? files);
      });
  } finally {
    recorder.stop();
    await world.close();
  }
  return found;
}

function table(found: ReadonlyMap<string, readonly string[]>): string {
  const rows = [...found].map(([flow, files]) => `| ${flow} | ${files.length} | ${untrusted(files).length} |`);
  return ['| flow | files | without the trusted layers |', '|---|---|---|', ...rows].join('\n');
}

const untrusted = (files: readonly string[]): readonly string[] => files.filter((file) => !isTrusted(file));

const { values } = parseArgs({ options: { list: { type: 'boolean' }, json: { type: 'boolean' } } });
const found = await measure();
const print = (text: string): void => void process.stdout.write(`${text}\n`);
if (values.json) {
  const flows = [...found].map(([flow, files]) => ({ flow, files, untrusted: untrusted(files) }));
  print(JSON.stringify(flows, null, 2));
} else {
  print(table(found));
  for (const [flow, files] of values.list ? found : [])
    print(`\n${flow}\n${files.map((file) => `${isTrusted(file) ? '.' : ' '} ${file}`).join('\n')}`);
}
// The embedded Redis would keep the process alive.
process.exit(0);
