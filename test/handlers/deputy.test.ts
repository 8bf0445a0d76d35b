import { afterEach, beforeEach, expect, it } from 'vitest';
import { deputyTitle } from '../../src/views/people/deputy.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { cartOf } from './cart-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const clara = () => world.slack.person(people.clara);
const dan = () => world.slack.person(people.dan);
const until = <T>(what: string, probe: () => T | undefined | false | null) =>
  world.slack.until(probe, { what, timeoutMs: 12_000 });
const approvals = async () => {
  const before = clara().ephemerals(channels.general).length;
  await clara().command('/fleet approvals', { channelId: channels.general });
  return until('the list', () => clara().ephemerals(channels.general)[before]);
};
async function awayFor(name: string): Promise<string> {
  await (await approvals()).press(deputyTitle);
  const modal = await until('the modal', () => clara().modal());
  await modal.select('Backup', name);
  const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await modal.fill('Last day away', day);
  const result = await modal.submit();
  return result.kind === 'errors' ? JSON.stringify(result.errors) : (clara().modal()?.text() ?? '');
}

it('an approver names a deputy, who gets what waits already and signs it', async () => {
  const cards = await sentToClara(world);
  expect(await awayFor("Dan O'Neil")).toContain("Dan O'Neil is asked instead of you");

  const card = await until("Dan's card", () => dan().message(cardTitles.approver));
  await until("Clara's card", () => cards.clara.text().includes('Reassigned'));
  await until('the requester', () =>
    world.slack.person(people.anna).message("Clara Rossi is away, so Dan O'Neil is now the approver"),
  );
  await card.press('Approve', { confirm: true });
  await until('the order', () => card.text().includes('Ordered.'));
  expect(world.fleet.orders()[0]?.validations).toMatchObject([{ signatoryId: 22 }]);
});

it('what is sent while they are away goes to the deputy, and to themselves once they are back', async () => {
  await awayFor("Dan O'Neil");
  await clara().modal()?.closeAll();
  const cart = await cartOf(world, 'anna');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  await until("Dan's card", () => dan().message(cardTitles.approver));
  await world.quiet();
  expect(clara().message(cardTitles.approver)).toBeUndefined();

  const list = await approvals();
  expect(list.text()).toContain('is asked instead of you');
  await list.press("I'm back");
  await until('the answer', () =>
    clara()
      .ephemerals(channels.general)
      .some((one) => /come to you again/.test(one.text())),
  );
  expect((await approvals()).buttons().map(({ text }) => text)).toContain(deputyTitle);
});

it('someone who is no approver is refused at the field', async () => {
  expect(await awayFor('Eva Lind')).toContain("isn't an approver");
});
