import { people } from '../sandbox/acme.ts';
import type { SlackPerson } from '../sandbox/slack/start.ts';
import type { Row } from './acts.ts';
import { type Setting, startSetting } from './setting.ts';

const PEOPLE = 100;
const MINUTE = 60_000;
const LATE = { timeoutMs: 240_000 };

async function form({ slack }: Setting, person: SlackPerson) {
  await person.command('/fleet order thinkpad x1');
  const isPriced = () => person.modal()?.hasField('Product') && person.modal()?.text().includes('€59.90');
  return slack.until(() => (isPriced() ? person.modal() : undefined), { what: `the form of ${person.id}`, ...LATE });
}

/** Once Fleet has everything that the cart shows. */
function settledCart({ slack }: Setting, person: SlackPerson) {
  const isSettled = () => person.modal()?.title === 'Your cart' && person.modal()?.submitText !== undefined;
  return slack.until(() => (isSettled() ? person.modal() : undefined), { what: `the cart of ${person.id}`, ...LATE });
}

/** A hundred people add a device within a minute, on a key of a hundred calls a minute. */
export async function crowd(): Promise<readonly Row[]> {
  const setting = await startSetting({ staff: PEOPLE, requestsPerMinute: 100, fleetLatencyMs: 100 });
  const { fleet, staff, slack } = setting;
  try {
    await form(setting, slack.person(people.anna));
    // What it took to know everybody and to fill the caches is of the minute before.
    await new Promise((resolve) => setTimeout(resolve, MINUTE));
    fleet.journal.clear();
    const startedAt = performance.now();
    const waits = await Promise.all(
      staff.map(async (person, index) => {
        await new Promise((resolve) => setTimeout(resolve, (index * MINUTE) / PEOPLE));
        const askedAt = performance.now();
        const filled = await form(setting, person);
        const formAt = performance.now();
        const submitted = await filled.submit();
        const shown = () => person.modal()?.title === 'Your cart' && person.modal()?.text().includes('ThinkPad');
        await slack.until(shown, { what: `the device in the cart of ${person.id}`, ...LATE });
        const cartAt = performance.now();
        await settledCart(setting, person);
        return {
          form: formAt - askedAt,
          cart: cartAt - formAt,
          inFleet: performance.now() - formAt,
          isRefused: submitted.kind !== 'updated',
        };
      }),
    );
    const most = (of: (wait: (typeof waits)[number]) => number) => Math.max(...waits.map(of));
    const times = fleet.journal.entries().map(({ time }) => time);
    const busiest = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length));
    const tooMany = fleet.journal.entries().filter(({ status }) => status === 429).length;
    const calls = Object.entries(fleet.journal.countByRoute()).map(([route, count]) => `${route} ${count}`);
    const after = Math.round((performance.now() - startedAt) / 1_000);
    const about = `all in Fleet after ${after} s; the longest wait for that ${Math.round(most(({ inFleet }) => inFleet) / 1_000)} s; ${calls.join(', ')}`;
    return [
      {
        goal: '100 people in a minute: refused',
        wanted: 0,
        found: tooMany + waits.filter(({ isRefused }) => isRefused).length,
      },
      { goal: '… most calls of Fleet within 60 s', wanted: 100, found: busiest },
      { goal: '… longest wait for the form, s', wanted: 3, found: most((wait) => wait.form) / 1_000 },
      { goal: '… longest wait for Your cart, s', wanted: 3, found: most((wait) => wait.cart) / 1_000 },
      { goal: '… carts in Fleet at the end, of 100: missing', wanted: 0, found: PEOPLE - fleet.carts().length, about },
    ];
  } finally {
    await setting.close();
  }
}

/** Fleet's calls from the command to the order, with warm caches. */
export async function calls(): Promise<readonly Row[]> {
  const setting = await startSetting({ staff: 2 });
  const { fleet, staff, slack } = setting;
  try {
    const [first, second] = staff;
    if (first === undefined || second === undefined) throw new Error('nobody orders');
    const order = async (person: SlackPerson): Promise<void> => {
      await (await form(setting, person)).submit();
      const cart = await settledCart(setting, person);
      await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
      await cart.submit();
      const clara = slack.person(people.clara);
      const card = await slack.until(
        () => clara.messagesIn().findLast((one) => one.buttons().some(({ text }) => text === 'Approve')),
        { what: 'the card', ...LATE },
      );
      await card.press('Approve', { confirm: true });
      await slack.until(() => person.message(/Ordered/u), { what: 'the order', ...LATE });
      await slack.quiet(500);
    };
    await order(first);
    fleet.journal.clear();
    await order(second);
    const counted = Object.entries(fleet.journal.countByRoute());
    const all = counted.reduce((sum, [, count]) => sum + count, 0);
    const about = counted.map(([route, count]) => `${route} ${count}`).join(', ');
    const devices = fleet.journal.count('listDevices');
    return [
      { goal: 'Fleet calls from open to ordered, warm', wanted: 5, found: all - devices },
      { goal: '… with what people already have', wanted: 6, found: all, about },
    ];
  } finally {
    await setting.close();
  }
}
