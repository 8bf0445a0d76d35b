import { expect } from 'vitest';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { checkingText, stateTitles } from '../../src/views/request/state.ts';
import { type Life, relay, requestIds } from './life.ts';
import type { Model } from './model.ts';
import type { Shown } from './slack-in-process.ts';
import { adopt } from './steps.ts';

const MOST_TURNS = 400;

/** Fleet and Slack are well again, and every job runs when it is due until there is none. */
export async function letRest(life: Life, model: Model): Promise<void> {
  life.fleet.faults.clear();
  life.fleet.cockpit.addPaymentMethod();
  life.slack.calm();
  life.cut.point = null;
  await life.fleet.late.land?.();
  life.fleet.late.isNext = false;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await relay(life);
    const [next] = life.queue.waiting();
    if (next === undefined) break;
    if (next.at > life.clock.now) life.clock.now = next.at;
    model.now = life.clock.now;
    await life.queue.run(next, life.instances[turn % 2 === 0 ? 0 : 1]);
  }
  adopt(model, life);
  expect(life.queue.waiting(), 'everything comes to rest').toEqual([]);
}

/** At the end every request is over, and every card that ever was posted says how, without a button. */
export async function restsWell(life: Life): Promise<void> {
  const known = new Set<Shown>();
  for (const id of requestIds(life)) {
    const request = await life.context.store.request(id);
    if (request === null) throw new Error('a request was lost');
    expect(['pending', 'validating', 'unconfirmed'], 'nothing waits for ever').not.toContain(request.state.kind);
    const copies = await life.context.store.copies(id);
    expect(copies.filter(({ kind }) => kind === 'requester').length, "the requester's one card").toBe(1);
    for (const copy of copies) {
      const shown = life.slack.shown.find(({ channel, ts }) => channel === copy.channel && ts === copy.ts);
      expect(shown, 'a copy that Slack has').toBeDefined();
      if (shown === undefined) continue;
      known.add(shown);
      isTrue(shown, request);
    }
  }
  const strays = life.slack.shown.filter((one) => isCard(one) && !known.has(one));
  expect(
    strays.map(({ message }) => message.text),
    'cards that nobody keeps up to date',
  ).toEqual([]);
}

function isTrue({ message }: Shown, request: DeviceRequest): void {
  const text = JSON.stringify(message.blocks);
  expect(text, 'the card of a request that is over').toContain(`*${stateTitles[request.state.kind]}`);
  expect(text, 'nothing is left to check').not.toContain(checkingText);
  expect(text, 'nothing is left to press').not.toContain('"type":"actions"');
  if ('by' in request.state) expect(text, 'who decided').toContain(request.state.by.name.replace("'", "'"));
}

function isCard({ message }: Shown): boolean {
  return Object.values(cardTitles).some((title) => message.text.includes(title));
}
