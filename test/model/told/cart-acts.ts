import fc from 'fast-check';
import { FleetProductId, parseFleetId } from '../../../src/domain/ids.ts';
import { noCarry, type OrderChoice } from '../../../src/domain/order-form/choice.ts';
import type { AcquisitionMode } from '../../../src/domain/vocabulary.ts';
import { acceptCartChange } from '../../../src/services/cart/accept.ts';
import { cartActions } from '../../../src/views/ids.ts';
import { aLine } from '../../domain/a-line.ts';
import { relay } from '../life.ts';
import { type Account, accounts } from './accounts.ts';
import { type Act, act, acted, claraOrDan, dueJobs, instance, together } from './act.ts';
import { buttonIn, openCart, pressInCart, sendCart } from './press.ts';
import type { Stage } from './stage.ts';

/** What one Slack account does in **Your cart**. */
export function cartActs(who: Account): fc.Arbitrary<Act> {
  return fc.oneof(
    instance.map((on) => acted(`${who}: /fleet cart`, (stage) => openCart(stage, who, on))),
    fc.tuple(claraOrDan, instance).map(([to, on]) =>
      acted(`${who}: /fleet cart, sends it to ${to}`, async (stage) => {
        await openCart(stage, who, on);
        await sendCart(stage, who, to, on);
      }),
    ),
    instance.map((on) =>
      together(
        acted(`${who}: /fleet cart, adds a device`, (stage) => addDevice(stage, who, on, 'LEASING')),
        dueJobs,
      ),
    ),
    fc
      .tuple(fc.constantFrom('removeRow' as const, 'withdrawAndEdit' as const, 'removeFound' as const), instance)
      .map(([what, on]) =>
        acted(`${who}: /fleet cart, ${what}`, async (stage) => {
          await openCart(stage, who, on);
          await pressInCart(stage, who, cartActions[what], on);
        }),
      ),
    instance.map((on) => completes(who, on)),
    fc.constant(act(`${who} closes the modal`, (stage) => closeModal(stage, who))),
  );
}

/** A cart that was found in Fleet is made one's own and sent. */
export const takesOver = (who: Account): fc.Arbitrary<Act> =>
  fc.tuple(claraOrDan, instance).map(([to, on]) =>
    together(
      completes(who, on),
      acted(`${who}: sends it to ${to}`, (stage) => sendCart(stage, who, to, on)),
      dueJobs,
    ),
  );

/** The whole cart is bought instead of leased, at a Fleet that states its total in one of three ways. */
export const buys = (who: Account): fc.Arbitrary<Act> =>
  fc.tuple(fc.constantFrom('null' as const, 'amount' as const, 'zero' as const), instance).map(([rent, on]) =>
    together(
      acted(`${who}: withdraws, and buys it (rent: ${rent})`, async (stage) => {
        stage.life.fleet.rules.rentForBuy = rent;
        await openCart(stage, who, on);
        await pressInCart(stage, who, cartActions.withdrawAndEdit, on);
        await addDevice(stage, who, on, 'BUY');
      }),
      dueJobs,
      acted(`${who}: sends it to clara`, async (stage) => {
        await openCart(stage, who, on);
        await sendCart(stage, who, 'clara', on);
      }),
      dueJobs,
    ),
  );

function closeModal({ life }: Stage, who: Account): void {
  const { windows } = life.slack;
  const modal = windows.newest(accounts[who].slackUserId);
  if (modal !== undefined) windows.close(modal.viewId);
}

const { productGroupId, productId, deliveryCountry, keyboardLayout } = aLine();
const choice: OrderChoice = {
  ...{ deliveryCountry, category: null, productGroupId, productId, keyboardLayout, quantity: 1 },
  ...{ assignee: { kind: 'me' }, shippingAddressId: null, mode: 'LEASING' },
};

/** All devices of a cart that was found in Fleet, one by one. */
const completes = (who: Account, on: 0 | 1): Act =>
  act(`${who}: /fleet cart, completes what was found`, async (stage, model) => {
    const { slackUserId } = accounts[who];
    for (let left = 3; left > 0; left -= 1) {
      await openCart(stage, who, on);
      const modal = stage.life.slack.windows.newest(slackUserId);
      const button = modal === undefined ? null : buttonIn(modal.view.blocks, cartActions.completeFound);
      const found = parseFleetId(FleetProductId, button?.value ?? '');
      if (modal === undefined || found === null) return;
      await acceptCartChange(stage.life.instances[on].context, {
        ...{ slackUserId, view: modal, carry: noCarry },
        change: { kind: 'complete_found', productId: found, choice: { ...choice, productId: found } },
      });
      await relay(stage.life);
      await stage.life.age(300);
      await dueJobs.run(stage, model);
    }
  });

/** As the submission of **Order equipment** is accepted. */
async function addDevice(stage: Stage, who: Account, on: 0 | 1, mode: AcquisitionMode): Promise<void> {
  await openCart(stage, who, on);
  const { slackUserId } = accounts[who];
  const view = stage.life.slack.windows.newest(slackUserId);
  if (view === undefined) return;
  const change = { kind: 'add', choice: { ...choice, mode } } as const;
  await acceptCartChange(stage.life.instances[on].context, { slackUserId, view, change, carry: noCarry });
}
