import { afterEach, beforeEach, it } from 'vitest';
import { StoreUnavailable } from '../../src/store/store.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { modalWith, ordered } from './cart-support.ts';

let world: World;
/** From here on nobody's cart can be read, and no turn claimed. */
let away = false;
let reads = 0;
let answeredReads = 0;

beforeEach(async () => {
  away = false;
  answeredReads = 0;
  world = await startWorld({
    instance: {
      around: (company) => {
        const { store } = company.context;
        const draft: typeof store.draft = (slackUserId) => {
          reads += 1;
          const isAway = away && reads > answeredReads;
          return isAway ? Promise.reject(new StoreUnavailable('Redis: Command timed out')) : store.draft(slackUserId);
        };
        const claimTurn: typeof store.claimTurn = (viewId, actionTs) =>
          away ? Promise.reject(new StoreUnavailable('Redis: timed out')) : store.claimTurn(viewId, actionTs);
        return { ...company, context: { ...company.context, store: { ...store, draft, claimTurn } } };
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
const notShown = 'Nothing was changed and nothing was ordered: Fleet for Slack could not show this';

it('for a cart that cannot be opened', async () => {
  const anna = world.slack.person(people.anna);
  goAway();

  await anna.command('/fleet cart');

  await modalWith(world, anna, notShown);
});

it.each([['Edit'], ['Add another device']])('for what **%s** was to show', async (button) => {
  const anna = world.slack.person(people.anna);
  const cart = await ordered(world, anna, { country: 'Germany' });
  goAway();

  await cart.press(button);

  await modalWith(world, anna, 'Nothing was changed and nothing was ordered');
});

it('for the cart after a request was withdrawn to edit it, and is not told that nothing was changed', async () => {
  await sentToClara(world);
  const anna = world.slack.person(people.anna);
  await anna.command('/fleet cart');
  const locked = await modalWith(world, anna, 'Clara Rossi');
  // The withdrawal itself reads it once.
  goAway(1);

  await locked.press('Withdraw and edit', { confirm: true });

  await modalWith(world, anna, 'Your request was withdrawn and nothing was ordered');
});
