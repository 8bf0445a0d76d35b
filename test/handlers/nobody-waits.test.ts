import { afterEach, beforeEach, expect, it } from 'vitest';
import { StoreUnavailable } from '../../src/domain/failures/failure.ts';
import { notShownText } from '../../src/views/notices.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { cartOf, modalWith } from './cart-support.ts';

let world: World;
/** From here on nobody's cart, no settings' list and no audit log can be read, and no turn claimed. */
let away = false;
let reads = 0;
let answeredReads = 0;

beforeEach(async () => {
  away = false;
  answeredReads = 0;
  world = await startWorld({
    instance: {
      around: (workspace) => {
        const { store } = workspace.context;
        const draft: typeof store.draft = (slackUserId) => {
          reads += 1;
          const isAway = away && reads > answeredReads;
          return isAway ? Promise.reject(new StoreUnavailable('Redis: Command timed out')) : store.draft(slackUserId);
        };
        const claimGeneration: typeof store.claimGeneration = (viewId, actionTs) =>
          away ? Promise.reject(new StoreUnavailable('Redis: timed out')) : store.claimGeneration(viewId, actionTs);
        const gone = () => Promise.reject(new StoreUnavailable('Redis: timed out'));
        const unmatchedPeople: typeof store.unmatchedPeople = () => (away ? gone() : store.unmatchedPeople());
        const auditPage: typeof store.auditPage = (page) => (away ? gone() : store.auditPage(page));
        const failing = { draft, claimGeneration, unmatchedPeople, auditPage };
        const snapshot = () => ({ ...store.snapshot(), ...failing });
        return { ...workspace, context: { ...workspace.context, store: { ...store, ...failing, snapshot } } };
      },
    },
  });
});
afterEach(() => world.close());

const goAway = (after = 0): void => {
  reads = 0;
  answeredReads = after;
  away = true;
};

it('for a cart that cannot be opened', async () => {
  const anna = world.slack.person(people.anna);
  goAway();

  await anna.command('/fleet cart');

  await modalWith(world, anna, notShownText);
});

it.each([['Edit'], ['Add another device']])('for what **%s** was to show', async (button) => {
  const anna = world.slack.person(people.anna);
  const cart = await cartOf(world, 'anna');
  goAway();

  await cart.press(button);

  await modalWith(world, anna, notShownText);
});

it('for the cart after a request was withdrawn to edit it, and is not told that nothing was changed', async () => {
  await sentToClara(world);
  const anna = world.slack.person(people.anna);
  await anna.command('/fleet cart');
  const locked = await modalWith(world, anna, 'Clara Rossi');
  // The withdrawal itself reads it once.
  goAway(1);

  await locked.press('Withdraw and edit', { confirm: true });

  await modalWith(world, anna, 'Your request was withdrawn, but');
});

it('for a form that cannot be filled', async () => {
  const anna = world.slack.person(people.anna);
  goAway();

  await anna.command('/fleet order');

  await modalWith(world, anna, notShownText);
});

it('for a status that cannot be read', async () => {
  const anna = world.slack.person(people.anna);
  goAway();

  await anna.command('/fleet status', { channelId: channels.random });

  await world.slack.until(() => anna.ephemerals(channels.random).find((one) => one.text().includes(notShownText)));
});

it('for the audit log, under its own title', async () => {
  const dan = world.slack.person(people.dan);
  await dan.command('/fleet settings');
  const root = await modalWith(world, dan, 'Audit log');
  goAway();

  await root.press('Show', { near: 'Audit log' });

  expect((await modalWith(world, dan, notShownText)).title).toBe('Audit log');
});

it('for settings that were saved, and is not told that nothing was changed', async () => {
  const dan = world.slack.person(people.dan);
  await dan.command('/fleet settings');
  const root = await modalWith(world, dan, 'Audit log');
  await root.press('Change', { near: 'Delivery countries' });
  const section = await world.slack.until(() => (dan.modal()?.hasField('Default country') ? dan.modal() : undefined));
  await section.fill('Default country', 'DE');
  goAway();

  expect(await section.submit()).toMatchObject({ kind: 'closed' });

  const told = await modalWith(world, dan, 'Your settings are saved');
  expect(told.text()).not.toContain('Nothing was changed');
});
