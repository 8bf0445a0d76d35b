import type { Fault } from '../../../sandbox/fleet/fault.ts';
import type { Order, User } from '../../../sandbox/fleet/model.ts';
import { aSeed } from '../../../sandbox/fleet/seed/a-seed.ts';
import type { Call } from '../../../sandbox/fleet/world.ts';
import type { SlackMessage, SlackModal, SlackPerson } from '../../../sandbox/slack/start.ts';
import { DraftCart } from '../../../src/domain/cart/cart.ts';
import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import { SlackUserId } from '../../../src/domain/ids.ts';
import type { WorkspaceStore } from '../../../src/store/store.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import { isPending, isPriced } from '../../support/forms.ts';
import { storeOf } from '../../support/store-of.ts';
import { people, startWorld, type World } from '../../support/world.ts';
import type { Misbehaviour } from './answers.ts';

/** Somebody new for each row, so that no row sees what another one left. */
export interface Walker {
  readonly slackUserId: string;
  readonly fleetUserId: number;
  readonly name: string;
  readonly locale: Locale;
  readonly person: SlackPerson;
}

/** What **Add to cart** leaves behind: the modal, our record and Fleet's cart. */
interface FilledCart {
  readonly modal: SlackModal;
  readonly draft: DraftCart;
  readonly order: Order;
}

export interface Walk {
  readonly world: World;
  readonly store: WorkspaceStore;
  /** By locale, of the first walker who filled the form there. */
  readonly filled: Map<Locale, Promise<FilledCart>>;
  /** `locale`: where their first cart is delivered to; each of these countries has a keyboard for the product below. */
  next(locale?: Locale): Walker;
  until<T>(what: string, probe: () => T | undefined | false | null): Promise<T>;
  /** Fleet misbehaves for this person's own requests; what several share is told apart by `when`. */
  strike(operation: FleetOperation, what: Misbehaviour, whose: Whose, times?: number): void;
  /** A pause of ordering is over again, in the way that people have: an admin presses **Try again**. */
  resume(): Promise<void>;
}

type Whose = Walker | 'everybody' | ((call: Call) => boolean);
const locales = ['de-DE', 'fr-FR', 'de-AT', 'fr-LU', 'fr-BE'] as const;
type Locale = (typeof locales)[number];
/** The country that the form is preset with goes by the time zone first. */
const zones: Readonly<Record<Locale, string>> = {
  'de-DE': 'Europe/Berlin',
  'fr-FR': 'Europe/Paris',
  'de-AT': 'Europe/Vienna',
  'fr-LU': 'Europe/Luxembourg',
  'fr-BE': 'Europe/Brussels',
};
const FIRST_USER = 2_000;
/** Enough for a machine that is busy with other tests, and short enough for every row to wait for it. */
const TIMEOUTS = { read: 700, write: 900 };

export async function startWalk({ rows }: { readonly rows: number }): Promise<Walk> {
  const pools = locales.map((locale, pool) => ({ locale, from: pool * 100, count: pool === 0 ? rows : 8 }));
  const everybody = pools.flatMap(({ locale, from, count }) =>
    Array.from({ length: count }, (_, at) => aWalker(from + at, locale)),
  );
  const world = await startWorld({
    slackSeed: (slack) => ({ ...slack, people: [...slack.people, ...everybody.map(({ inSlack }) => inSlack)] }),
    fleet: { seed: { ...seed, users: [...seed.users, ...everybody.map(({ inFleet }) => inFleet)] } },
    instance: { fleetTimeoutsMs: TIMEOUTS },
  });
  const left = new Map(pools.map(({ locale }) => [locale, everybody.filter((one) => one.inSlack.locale === locale)]));
  const until: Walk['until'] = (what, probe) => world.slack.until(probe, { what, timeoutMs: 18_000 });
  return {
    world,
    store: storeOf(world),
    filled: new Map(),
    until,
    next(locale = 'de-DE') {
      const one = left.get(locale)?.shift();
      if (one === undefined) throw new Error(`nobody is left for ${locale}`);
      const { id, realName } = one.inSlack;
      return {
        slackUserId: id,
        fleetUserId: one.inFleet.id,
        name: realName,
        locale,
        person: world.slack.person(id),
      };
    },
    strike(operation, what, whose, times) {
      const when =
        whose === 'everybody' ? undefined : typeof whose === 'function' ? whose : ownCalls(world, whose.fleetUserId);
      world.fleet.faults.add({ ...what, operation, ...(when ? { when } : {}), ...(times ? { times } : {}) } as Fault);
    },
    async resume() {
      const dan = world.slack.person(people.dan);
      const notice = await until('the message to admins', () =>
        dan
          .messagesIn()
          .filter((one) => one.text().includes('Ordering is paused'))
          .at(-1),
      );
      await notice.press('Try again');
      await until('the answer to Try again', () => /Ordering has resumed|Ordering isn't paused/.test(notice.text()));
    },
  };
}

const seed = aSeed();
const ben = seed.users.find(({ id }) => id === 12) as User;

function aWalker(at: number, locale: Locale) {
  // Letters only, so that one name never is the beginning of another one.
  const letters = [...String(at).padStart(3, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const realName = `Wa ${letters}er`;
  const email = `walker.${at}@acme.test`;
  const [first_name = '', last_name = ''] = realName.split(' ');
  const inFleet = { ...ben, id: FIRST_USER + at, email };
  return {
    inSlack: { id: `U0WALK${at}`, name: `walker${at}`, realName, email, tz: zones[locale], locale },
    inFleet: { ...inFleet, first_name, last_name, role: 'EMPLOYEE' as const },
  };
}

/** By the purchaser where the request names one, else by whose cart it is about. */
function ownCalls(world: World, fleetUserId: number): (call: Call) => boolean {
  return ({ body, query, params }) => {
    const named = body !== null && typeof body === 'object' && 'purchaser_id' in body ? body.purchaser_id : undefined;
    const purchaser = named ?? (query.purchaser_id === undefined ? undefined : Number(query.purchaser_id));
    if (purchaser !== undefined) return purchaser === fleetUserId;
    return params.order_id !== undefined && world.fleet.order(Number(params.order_id))?.purchaserId === fleetUserId;
  };
}

export const productName = 'ThinkPad X1 Carbon';

/** The order form with one product and its price: as far as it can be submitted. */
export async function filledForm(walk: Walk, walker: Walker): Promise<SlackModal> {
  await walker.person.command(`/fleet order ${productName}`);
  return pricedForm(walk, walker);
}

export function pricedForm({ until }: Walk, { person }: Walker): Promise<SlackModal> {
  return until('the form with a price', () => (isPriced(person.modal()) ? person.modal() : null));
}

/** **Your cart** with that one device. The first walker of a locale fills the form; the next ones get a copy of what that left. */
export async function filledCart(walk: Walk, walker: Walker): Promise<SlackModal> {
  const { filled } = walk;
  const first = filled.get(walker.locale);
  if (first === undefined) {
    const filling = fillCart(walk, walker);
    filled.set(walker.locale, filling);
    return (await filling).modal;
  }
  await copyCart(walk, walker, await first);
  await walker.person.command('/fleet cart');
  return modalWith(walk, walker, productName);
}

async function fillCart(walk: Walk, walker: Walker): Promise<FilledCart> {
  await (await filledForm(walk, walker)).submit();
  const modal = await modalWith(walk, walker, 'Added 1 device');
  const draft = await walk.store.draft(SlackUserId.parse(walker.slackUserId));
  const [order] = cartsOf(walk, walker);
  if (draft === null || order === undefined) throw new Error('there is no cart');
  return { modal, draft, order: structuredClone(order) };
}

async function copyCart(walk: Walk, walker: Walker, { draft, order }: FilledCart): Promise<void> {
  const { state } = walk.world.fleet;
  const id = state.nextOrderId();
  const lines = order.lines.map((line) => ({ ...line, deviceId: state.nextDeviceId(), userId: walker.fleetUserId }));
  state.orders.set(id, { ...structuredClone(order), id, purchaserId: walker.fleetUserId, lines });
  state.changed('cart_created', id);
  const theirs = DraftCart.parse({
    ...draft,
    ...{ purchaserId: walker.fleetUserId, fleetOrderId: id, revision: 1 },
    lines: draft.lines.map((line) => ({ ...line, fleetUserId: walker.fleetUserId, assigneeName: walker.name })),
  });
  await walk.store.commit({
    draft: { slackUserId: SlackUserId.parse(walker.slackUserId), expectedRevision: null, next: theirs },
  });
}

/** The same, sent to Clara: her card. */
export async function sentCard(walk: Walk, walker: Walker): Promise<SlackMessage> {
  const filled = await filledCart(walk, walker);
  // Until Fleet has everything, nothing can be sent.
  const cart = await walk.until('the cart that can be sent', () => {
    const shown = walker.person.modal() ?? filled;
    return shown.hasField('Approver') ? shown : undefined;
  });
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  const clara = walk.world.slack.person(people.clara);
  return walk.until('the card', () => clara.message(`${walker.name} ${cardTitles.approver}`));
}

/** The modal once it says so, or the failure with what stands there instead. */
export async function modalWith({ until }: Walk, { person }: Walker, text: string | RegExp): Promise<SlackModal> {
  let shown = '';
  const probe = () => {
    const modal = person.modal();
    shown = modal?.text() ?? 'no modal';
    if (isPending(modal)) return null;
    return (typeof text === 'string' ? shown.includes(text) : text.test(shown)) ? modal : null;
  };
  return until(`a modal with ${text}`, probe).catch(() => {
    throw new Error(`“${text}” does not stand in:\n${shown}`);
  });
}

export function cartsOf({ world }: Walk, { fleetUserId }: Walker) {
  return world.fleet.carts().filter(({ purchaserId }) => purchaserId === fleetUserId);
}

export function ordersOf({ world }: Walk, { fleetUserId }: Walker) {
  return world.fleet.orders().filter(({ purchaserId }) => purchaserId === fleetUserId);
}

/** What stands directly above the field with this label. */
export function aboveField(modal: SlackModal, label: string): string {
  const { blockId } = modal.field(label);
  const at = modal.blocks.findIndex(({ block_id: id }) => id === blockId);
  const { type, text } = modal.blocks[at - 1] ?? {};
  return type === 'section' && typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : '';
}

/** The first thing that is read in a modal. */
export function onTop(modal: SlackModal): string {
  const { type, text } = modal.blocks[0] ?? {};
  return type === 'section' && typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : '';
}
