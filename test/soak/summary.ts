import type { DeviceRequest, RequestStateKind } from '../../src/domain/request/request.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { stateTitles } from '../../src/views/request/state.ts';
import { type Played, patiently } from './played.ts';

export interface Soaked {
  readonly played: Played;
  readonly states: Readonly<Partial<Record<RequestStateKind, number>>>;
  readonly rows: readonly (readonly [string, string | number])[];
  /** What must not be: empty when all is well. */
  readonly wrong: readonly string[];
}

/** What became of it all, beside what Fleet's and Slack's stand-ins say of it. */
export async function summary(played: Played): Promise<Soaked> {
  const { world, store, requests, acts, startedAt, endedAt, pressedAgain } = played;
  const states: Partial<Record<RequestStateKind, number>> = {};
  const wrong: string[] = [];
  let unconfirmed = 0;
  const cards = cardsOf(played);
  for (const { id } of requests) {
    const request = await patiently(() => store.request(id));
    if (request === null) {
      wrong.push(`${id} is lost`);
      continue;
    }
    states[request.state.kind] = (states[request.state.kind] ?? 0) + 1;
    wrong.push(...judge(played, cards, request));
    if (request.state.kind === 'ordered' && !request.state.signatoryConfirmed) unconfirmed += 1;
  }
  const unanswered = acts.filter(({ status, timedOut }) => status !== 200 || timedOut);
  wrong.push(...unanswered.map(({ kind, status, ackMs }) => `${kind} was answered ${status} after ${ackMs} ms`));
  const { journal } = world.fleet;
  const commits = requests.map(({ fleetOrderId }) => world.fleet.validateCommits(fleetOrderId));
  const times = [...endedAt.values()].map((at) => at - startedAt);
  const memory = process.memoryUsage();
  const rows = [
    ['requests', requests.length],
    ...Object.entries(states),
    ['interactions sent', acts.length + pressedAgain],
    ['pressed once more after it came back', pressedAgain],
    ['validates sent', journal.count('validateCart')],
    ['validates committed', commits.reduce((sum, one) => sum + one, 0)],
    ['orders validated twice', commits.filter((one) => one > 1).length],
    ['found ordered without a 200', unconfirmed],
    ['patches sent', journal.count('patchCart')],
    [
      'jobs that failed and went again',
      world.logged.filter(({ message }) => message.includes('will be retried')).length,
    ],
    ['slowest acknowledgement, ms', Math.round(Math.max(0, ...acts.map(({ ackMs }) => ackMs)))],
    ['slowest request, s', Math.round(Math.max(0, ...times) / 1000)],
    ['heap, MB', Math.round(memory.heapUsed / 2 ** 20)],
    ['resident, MB', Math.round(memory.rss / 2 ** 20)],
    ['wrong', wrong.length],
  ] as const;
  return { played, states, rows, wrong };
}

function judge({ world }: Played, cards: Cards, request: DeviceRequest): string[] {
  const { state, fleetOrderId, requester, approver } = request;
  const wrong: string[] = [];
  const order = world.fleet.order(fleetOrderId);
  const commits = world.fleet.validateCommits(fleetOrderId);
  const is = `order ${fleetOrderId}, ${state.kind}`;
  if (['pending', 'validating', 'unconfirmed'].includes(state.kind)) wrong.push(`${is}: still waits`);
  if (commits > 1) wrong.push(`${is}: validated ${commits} times`);
  if ((state.kind === 'ordered') !== (commits === 1)) wrong.push(`${is}: ${commits} validates in Fleet`);
  const signatory = order?.validations.at(-1)?.signatoryId;
  if (state.kind === 'ordered' && signatory !== state.by.fleetUserId) wrong.push(`${is}: signed by ${signatory}`);
  for (const { slackUserId } of [requester, approver]) {
    const own = cards.get(`${slackUserId} ${fleetOrderId}`) ?? [];
    // It was handed to them, and they decided in a list before their card was posted: what is over is handed to nobody.
    const mayLack = request.askedAt !== undefined && slackUserId === approver.slackUserId;
    if (own.length > 1 || (own.length === 0 && !mayLack))
      wrong.push(`${is}: ${own.length} cards in the DM of ${slackUserId}`);
    for (const { text, buttons } of own) {
      if (!text.includes(stateTitles[state.kind])) wrong.push(`${is}: the card of ${slackUserId} says something else`);
      if (buttons > 0) wrong.push(`${is}: buttons are left for ${slackUserId}`);
    }
  }
  return wrong;
}

type Cards = ReadonlyMap<string, readonly { readonly text: string; readonly buttons: number }[]>;

/** Every card that stands in anybody's DM, by whose it is and for which order: each is read once. */
function cardsOf({ world, requests }: Played): Cards {
  const people = new Set(requests.flatMap(({ requester, approver }) => [requester.slackUserId, approver.slackUserId]));
  const cards = new Map<string, { readonly text: string; readonly buttons: number }[]>();
  for (const slackUserId of people) {
    for (const message of world.slack.person(slackUserId).messagesIn()) {
      const text = message.text();
      const isCard = Object.values(cardTitles).some((title) => text.includes(title));
      const [, order] = (isCard && /^.*\(order (\d+)\)/u.exec(text)) || [];
      const key = `${slackUserId} ${order}`;
      if (order !== undefined) cards.set(key, [...(cards.get(key) ?? []), { text, buttons: message.buttons().length }]);
    }
  }
  return cards;
}
