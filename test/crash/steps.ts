import { people } from '../../sandbox/acme.ts';
import type {
  Act,
  SlackMessage,
  SlackModal,
  SlackPerson,
  SlackWorkspace,
  SubmitResult,
} from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { isPending, isPriced } from '../support/forms.ts';

export const stepNames = ['add', 'change', 'send', 'approve', 'decline'] as const;
export type StepName = (typeof stepNames)[number];

interface WithSlack {
  readonly slack: SlackWorkspace;
}

/** One thing that somebody does and the app must not lose. */
export interface Step {
  /** Up to the press that counts. */
  prepare(world: WithSlack): Promise<void>;
  /** True: the person saw Slack's own error, so nothing was promised. */
  press(world: WithSlack): Promise<boolean>;
  /** The people see the outcome. */
  isDone(world: WithSlack): boolean;
}

const ordering = { anna: people.anna, clara: people.clara };
const asks = new RegExp(cardTitles.approver);

export const steps: Readonly<Record<StepName, Step>> = {
  add: {
    prepare: async (world) => {
      await anna(world).command('/fleet order');
      await fillForm(world, 'MacBook Pro 14');
    },
    press: submit,
    isDone: (world) => /MacBook Pro 14/.test(cart(world)),
  },
  change: {
    prepare: async (world) => {
      await (await modal(world, 'Your cart')).press('Add another device');
      await fillForm(world, 'ThinkPad X1 Carbon');
    },
    press: submit,
    isDone: (world) => /ThinkPad X1 Carbon/.test(cart(world)),
  },
  send: {
    prepare: async (world) => {
      const yours = await modal(world, 'Your cart');
      // On a busy machine a search may say that it failed: then people type again.
      const found = async () => (await yours.search('Approver', 'clara')).includes('Clara Rossi');
      for (let tries = 0; tries < 5 && !(await found()); tries += 1);
      await yours.selectSearched('Approver', 'clara', 'Clara Rossi');
      await yours.fill('Note to the approver', 'For the new team');
    },
    press: submit,
    isDone: (world) => clara(world).message(asks) !== undefined && /Sent to/.test(cart(world)),
  },
  approve: {
    prepare: async () => {},
    press: async (world) => failed(await card(world).press('Approve', { confirm: true })),
    isDone: (world) => bothCards(world, 'Ordered'),
  },
  decline: {
    prepare: async (world) => {
      await card(world).press('Decline');
      const reason = await world.slack.until(() => clara(world).modal(), { what: 'the reason' });
      await reason.fill('Reason', 'Not this quarter');
    },
    press: async (world) => {
      const reason = clara(world).modal();
      return reason === undefined ? false : refused(await reason.submit());
    },
    isDone: (world) => bothCards(world, 'Declined'),
  },
};

export const anna = ({ slack }: WithSlack) => slack.person(ordering.anna);
export const clara = ({ slack }: WithSlack) => slack.person(ordering.clara);

/** The newest message that offers the decision. */
export function card(world: WithSlack): SlackMessage {
  const found = clara(world)
    .messagesIn()
    .findLast((message) => message.buttons().some(({ text }) => text === 'Approve'));
  if (found === undefined) throw new Error('no message offers Approve');
  return found;
}

function bothCards(world: WithSlack, state: string): boolean {
  return [anna(world), clara(world)].every((person) =>
    person.messagesIn().some((message) => message.text().includes(state) && message.blocks.length > 1),
  );
}

/** Empty while a change in it is on its way to Fleet. */
function cart(world: WithSlack): string {
  const shown = anna(world).modal();
  return shown?.title === 'Your cart' && !isPending(shown) ? shown.text() : '';
}

async function submit(world: WithSlack): Promise<boolean> {
  const open = anna(world).modal();
  if (open === undefined) throw new Error('the modal is gone');
  return refused(await open.submit());
}

function refused(result: SubmitResult): boolean {
  if (result.kind === 'errors') throw new Error(`the form was refused: ${JSON.stringify(result.errors)}`);
  return result.kind === 'failed';
}

function failed(act: Act): boolean {
  return act.status !== 200;
}

function modal(world: WithSlack, title: string, person: SlackPerson = anna(world)): Promise<SlackModal> {
  return world.slack.until(
    () => {
      const open = person.modal();
      return open?.title === title && !isPending(open) ? open : undefined;
    },
    { what: title, timeoutMs: 15_000 },
  );
}

export async function fillForm(world: WithSlack, product: string, person: SlackPerson = anna(world)): Promise<void> {
  const { slack } = world;
  const wait = (what: string, probe: () => boolean | undefined) => slack.until(probe, { what, timeoutMs: 15_000 });
  await wait('the form', () => person.modal()?.hasField('Product'));
  const form = await modal(world, 'Order equipment', person);
  await form.selectSearched('Product', product, product);
  await wait('configurations', () => form.hasField('Configuration'));
  const { value, options } = form.field('Configuration');
  if (value === '') await form.select('Configuration', options?.[0] ?? '');
  await wait('a price', () => isPriced(form));
}
