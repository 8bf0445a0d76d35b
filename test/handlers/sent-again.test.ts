import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act, SubmitResult } from '../../sandbox/slack/act-types.ts';
import { sharedAlreadyText } from '../../src/views/orders/shared.ts';
import { deputyRepeatedText, deputyTitle } from '../../src/views/people/deputy.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const person = (who: keyof typeof people) => world.slack.person(people[who]);
const until = <T>(what: string, probe: () => T | undefined | false | null) =>
  world.slack.until(probe, { what, timeoutMs: 12_000 });
const told = (who: keyof typeof people) =>
  [...person(who).ephemerals(), ...person(who).messagesIn()].map((one) => one.text());
/** The same signed bytes once more, and what the person is told of it. */
async function again(act: Act, who: keyof typeof people): Promise<string> {
  const before = told(who);
  await world.slack.redeliver(act);
  await world.quiet();
  return told(who)
    .filter((text) => !before.includes(text))
    .join();
}
const shown = (text: string) => text.replaceAll('`', '');
const ephemeral = (who: keyof typeof people, pattern: RegExp) =>
  until(`${pattern}`, () =>
    person(who)
      .ephemerals(channels.general)
      .findLast((one) => pattern.test(one.text())),
  );

describe('the same signed bytes sent again', () => {
  it('approve nothing after Fleet refused, whatever has become possible since', async () => {
    const { clara } = await sentToClara(world);
    const body = { error: 'PAYMENT_METHOD_REQUIRED' };
    world.fleet.faults.add({ operation: 'validateCart', kind: 'answer', status: 400, body, times: 1 });
    const press = await clara.press('Approve', { confirm: true });
    await until(
      'the refusal',
      () =>
        clara.buttons().some(({ text }) => text === 'Approve') &&
        /Fleet/.test(clara.text()) &&
        world.fleet.journal.count('validateCart') === 1,
    );
    await world.quiet();

    expect(await again(press, 'clara')).toContain('you approved the request');

    expect(world.fleet.journal.count('validateCart')).toBe(1);
    expect(world.fleet.orders()).toEqual([]);
  });

  it('approve nothing after the press was refused, whatever has become possible since', async () => {
    const { clara } = await sentToClara(world);
    const store = storeOf(world);
    await store.setPause({ kind: 'unauthorized', since: Date.now() });
    const press = await clara.press('Approve', { confirm: true });
    await until('the pause', () => told('clara').some((text) => text.includes('Ordering is paused')));
    await store.clearPause();

    expect(await again(press, 'clara')).toContain('it changed nothing');

    expect(world.fleet.journal.count('validateCart')).toBe(0);
  });

  it('reassign nothing that came back since', async () => {
    const { clara } = await sentToClara(world);
    const toDan = await reassign(clara, 'clara', "Dan O'Neil");
    const dan = await until("Dan's card", () => person('dan').message(cardTitles.approver));
    await reassign(dan, 'dan', 'Clara Rossi');
    await until("Clara's card", () => clara.buttons().some(({ text }) => text === 'Approve'));
    await world.quiet();

    await again(toDan, 'clara');

    expect(clara.buttons().map(({ text }) => text)).toContain('Approve');
    expect((await storeOf(world).openRequests()).map(({ approver }) => approver.slackUserId)).toEqual([people.clara]);
  });

  it('name no backup for someone who is back', async () => {
    await person('clara').command('/fleet approvals', { channelId: channels.general });
    await (await ephemeral('clara', /./)).press(deputyTitle);
    const modal = await until('the modal', () => person('clara').modal());
    await modal.select('Backup', "Dan O'Neil");
    await modal.fill('Last day away', new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10));
    const away = actOf(await modal.submit());
    await person('clara').modal()?.closeAll();
    await person('clara').command('/fleet approvals', { channelId: channels.general });
    const back = await (await ephemeral('clara', /is asked instead of you/)).press("I'm back");
    await ephemeral('clara', /come to you again/);

    await world.slack.redeliver(away);
    expect(await again(back, 'clara')).toContain(shown(deputyRepeatedText));

    expect(await storeOf(world).deputy(people.clara as never)).toBeNull();
  });

  it('share once', async () => {
    await sentToClara(world);
    await person('anna').command('/fleet status 42', { channelId: channels.general });
    const share = await (await ephemeral('anna', /42/)).press('Share in channel');
    const posted = () =>
      person('anna')
        .messagesIn(channels.general)
        .filter(({ isEphemeral }) => !isEphemeral).length;
    await until('the shared card', () => posted() === 1);

    expect(await again(share, 'anna')).toContain(shown(sharedAlreadyText));

    expect(posted()).toBe(1);
  });

  it('link no one who has been unlinked since', async () => {
    const linking = await person('dan').command('/fleet link @nils 31');
    await person('dan').command('/fleet unlink @nils');
    expect(await storeOf(world).link(people.nobody as never)).toBeNull();

    await world.slack.redeliver(linking);

    expect(await storeOf(world).link(people.nobody as never)).toBeNull();
  });
});

async function reassign(
  card: Awaited<ReturnType<typeof sentToClara>>['clara'],
  who: keyof typeof people,
  to: string,
): Promise<Act> {
  await card.press('Reassign');
  const modal = await until('the modal', () => person(who).modal());
  await modal.select('New approver', to);
  return actOf(await modal.submit());
}

function actOf({ act }: SubmitResult): Act {
  if (act === undefined) throw new Error('nothing was submitted');
  return act;
}
