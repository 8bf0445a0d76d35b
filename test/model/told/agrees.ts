import type { Order } from '../../../sandbox/fleet/model.ts';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { openCard } from '../../../src/services/request/cards.ts';
import { cardActions } from '../../../src/views/ids.ts';
import { requestIds } from '../life.ts';
import { names } from '../people.ts';
import type { Shown, Told } from '../slack-in-process.ts';
import { accounts, everybody, requesters } from './accounts.ts';
import { wrongCart } from './cart-agrees.ts';
import { answerClaim, type Claim, isCard, orderNumberIn, readMessage, stateOnCard } from './claims.ts';
import { buttonIn, newestFor } from './press.ts';
import type { Stage } from './stage.ts';

/** What nobody may find at any moment, whatever was just done. */
export async function wrongNow({ life, unsigned }: Stage): Promise<string[]> {
  const open = await life.context.store.openRequests();
  const orders = open.map(({ fleetOrderId }) => fleetOrderId);
  const twice = [...life.fleet.state.orders.values()].filter((one) => byUs(one).length > 1);
  return [
    ...unsigned,
    ...orders.filter((one, at) => orders.indexOf(one) !== at).map((one) => `two open requests for order ${one}`),
    ...twice.map(({ id }) => `order ${id} was validated ${byUs(life.fleet.order(id)).length} times`),
    ...life.queue.problems.map((problem) => `a job failed: ${String(problem)}`),
    ...life.slack.untrue.map((text) => `untrue when it was shown: ${text}`),
  ];
}

/** What somebody last read and Fleet contradicts, once everything that was to be done about it is done. */
export async function wrongAfterwards(stage: Stage): Promise<string[]> {
  const told = readers.flatMap((who) => wrongFor(stage, who));
  const requests = await Promise.all(requestIds(stage.life).map((id) => stage.life.context.store.request(id)));
  const cards = await Promise.all(requests.map((one) => (one === null ? [] : wrongCards(stage, one))));
  const carts: string[] = [];
  for (const who of requesters) carts.push(...(await wrongCart(stage, who)));
  return [...told, ...cards.flat(), ...(await deadCards(stage)), ...carts];
}

function wrongFor({ life, about, memory }: Stage, who: Reader): string[] {
  const former = new Set(life.slack.shown.filter((one) => isFormer(life, one)).map(({ ts }) => ts));
  const read = life.slack.told
    .filter(({ to, place }) => who.accounts.includes(to) && !former.has(place))
    .flatMap((one) => readingOf(one, about));
  const orders = new Set(read.map(({ order }) => order));
  return [...orders].flatMap((number) => {
    const all = read.filter((one) => one.order === number);
    const last = all.findLast(({ claim }) => claim !== null);
    const said = all.findLast((one) => !one.isCard && one.claim !== null);
    const card = life.slack.shown.findLast(
      ({ channel, message }) =>
        who.accounts.some((one) => channel === `D-${one}`) && isCard(message) && orderNumberIn(message) === number,
    );
    const shown = card === undefined ? null : readMessage(card.message);
    const order = life.fleet.order(number);
    const wrong = (claim: Claim | null | undefined, where: string) =>
      wrongAbout(order, claim ?? null, `${who.name} ${where} order ${number}`, memory.hasLost());
    const isRequesters = order?.purchaserId === who.fleetUserId;
    if (!isRequesters && !wasAskedLast(life, number, who)) return [];
    return [
      ...wrong(last?.claim, 'last read about'),
      ...wrong(shown?.claim, 'has a card of'),
      // A card is redrawn without a sound: whoever ordered reads what was said last, further down.
      ...(isRequesters ? wrong(said?.claim, 'was last told about') : []),
    ];
  });
}

/** The card of an earlier request for the same cart: it says what became of that one. */
function isFormer(life: Stage['life'], { message, earlier }: Shown): boolean {
  const [id] = [message, ...earlier].flatMap(({ blocks }) => valuesIn(blocks)).map((value) => requestOf(life, value));
  const order = orderNumberIn(message);
  return id !== undefined && order !== null && newestFor(life, order)?.id !== id;
}

function requestOf({ context }: Stage['life'], value: string): RequestId | undefined {
  return openCard(context, value)?.requestId;
}

/** Whoever was asked about an earlier request for the same cart reads what became of that one. */
function wasAskedLast({ history }: Stage['life'], order: number, who: Reader): boolean {
  const newest = [...history.values()].findLast(([first]) => first?.fleetOrderId === order) ?? [];
  return newest.some(({ approver }) => approver.fleetUserId === who.fleetUserId);
}

/** One person, whichever of their Slack accounts they read with. */
interface Reader {
  readonly name: string;
  readonly fleetUserId: number;
  readonly accounts: readonly string[];
}

const readers: readonly Reader[] = names.map((name) => {
  const { fleetUserId } = accounts[name];
  const own = everybody.map((one) => accounts[one]).filter((one) => one.fleetUserId === fleetUserId);
  return { name, fleetUserId, accounts: own.map(({ slackUserId }) => slackUserId) };
});

interface Reading {
  readonly order: number;
  readonly claim: Claim | null;
  readonly isCard: boolean;
}

function readingOf({ place, text, blocks }: Told, about: ReadonlyMap<string, number>): Reading[] {
  const order = about.get(place);
  if (order !== undefined) return [{ order, claim: answerClaim(JSON.stringify([text, blocks])), isCard: false }];
  if (place.startsWith('V')) return [];
  const read = readMessage({ text, blocks: [...blocks] as never });
  return read === null ? [] : [{ ...read, isCard: isCard({ text }) }];
}

function wrongAbout(order: Order | undefined, claim: Claim | null, where: string, hasLost: boolean): string[] {
  const isOrder = typeof order?.clientStatus === 'string' && !order.isDeleted;
  const isThere = order !== undefined && !order.isDeleted;
  const complain = (what: string): string[] => [`${where}: ${JSON.stringify(claim)}, but ${what}`];
  switch (claim?.kind) {
    case undefined:
      return [];
    case 'not ordered':
      return isOrder ? complain('Fleet has ordered it') : [];
    case 'gone':
      return isThere ? complain('Fleet still has it') : [];
    case 'ordered elsewhere':
      if (!isOrder) return complain('Fleet has not ordered it');
      // What was lost with Redis may have been that it was us.
      return byUs(order).length > 0 && !hasLost ? complain('it was us') : [];
    case 'ordered':
      if (!isOrder) return complain('Fleet has not ordered it');
      if (!claim.isConfirmed || byUs(order).some((one) => isSigner(claim.by, one.signatoryId))) return [];
      return complain('Fleet names another signatory');
    default:
      return claim satisfies never;
  }
}

function byUs(order: Order | undefined): Order['validations'] {
  return order?.validations.filter(({ by }) => by === 'api') ?? [];
}

/** `by` null: the sentence names nobody, so anyone may have signed. */
function isSigner(by: string | null, fleetUserId: number): boolean {
  const plain = (text: string) => text.replace(/[^a-z]/gi, '');
  return (
    by === null ||
    everybody.some((who) => accounts[who].fleetUserId === fleetUserId && plain(accounts[who].name) === plain(by))
  );
}

/** Every card shows the state that its request is in, and what still waits can be decided there. */
async function wrongCards({ life }: Stage, request: DeviceRequest): Promise<string[]> {
  const { state, id, approver, requester, approverGone, fingerprint } = request;
  const title = `request ${id} (order ${request.fleetOrderId}, ${state.kind})`;
  const cards = cardsOf(life.slack.shown, (value) => openCard(life.context, value)?.requestId === id);
  const old = cards.filter(({ message }) => ![state.kind, null].includes(stateOnCard(message)));
  const waits = state.kind === 'validating' || state.kind === 'unconfirmed';
  // After the first half hour, once an hour.
  const isToBeLookedUp = life.queue
    .waiting()
    .some(({ item: { work } }) => work.kind === 'look_up_unconfirmed' && work.requestId === id);
  const complaints = [
    ...old.map(({ channel, message }) => `${title}: the card in ${channel} says ${stateOnCard(message)}`),
    ...(waits && life.clock.now - state.at > STILL_SENDING_MS && !isToBeLookedUp ? [`${title}: nothing moves it`] : []),
  ];
  if (state.kind !== 'pending') return complaints;
  const mayPress = (channel: string, action: string): boolean =>
    cards.some(({ channel: one, message }) => {
      const value = one === channel ? buttonIn(message.blocks, action)?.value : undefined;
      return value !== undefined && openCard(life.context, value)?.fingerprint === fingerprint;
    });
  if (!approverGone && !mayPress(`D-${approver.slackUserId}`, cardActions.approve))
    complaints.push(`${title}: the approver has no card to press`);
  if (!mayPress(`D-${requester.slackUserId}`, cardActions.withdraw))
    complaints.push(`${title}: the requester has no card to press`);
  return complaints;
}

const STILL_SENDING_MS = 30 * 60_000;

/** Cards are known by the button that they have, and where they have none by having had one. */
function cardsOf(shown: readonly Shown[], isOf: (value: string) => boolean): readonly Shown[] {
  return shown.filter((one) => [one.message, ...one.earlier].some((message) => valuesIn(message.blocks).some(isOf)));
}

function valuesIn(blocks: Shown['message']['blocks']): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((one) => ('value' in one ? [one.value ?? ''] : [])) : [],
  );
}

/** A card of what nobody knows any more must have a button, so that the request can be rebuilt. */
async function deadCards({ life }: Stage): Promise<string[]> {
  const dead: string[] = [];
  for (const { channel, message, earlier } of life.slack.shown) {
    if (!isCard(message) || valuesIn(message.blocks).length > 0) continue;
    const values = earlier.flatMap((one) => valuesIn(one.blocks));
    const id = values.map((value) => openCard(life.context, value)?.requestId).find((one) => one !== undefined);
    if (id !== undefined && (await life.context.store.request(id as RequestId)) === null)
      dead.push(`nobody knows request ${id} any more, and its card in ${channel} has no button`);
  }
  return dead;
}
