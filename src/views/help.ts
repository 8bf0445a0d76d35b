import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/surfaces.ts';
import { message } from './guard.ts';
import { esc, literal, mrkdwn } from './text.ts';

export interface VerbHelp {
  readonly verb: string;
  readonly usage: string;
  readonly help: string;
}

/** What the help says of each verb, in its order. */
const texts = {
  order: {
    usage: '/fleet order [words]',
    help: 'Order equipment: choose a product, see its price, and add it to your cart.',
  },
  cart: {
    usage: '/fleet cart',
    help: 'Your cart: change it, and send it for approval.',
  },
  status: {
    usage: '/fleet status [number]',
    help: 'Your cart, requests and orders with what Fleet says of them; with a number, one of them in full.',
  },
  approvals: {
    usage: '/fleet approvals',
    help: 'What waits for your signature, each with its buttons.',
  },
  carts: {
    usage: '/fleet carts [pending, stuck, all]',
    help: 'Every open cart and request in the company, oldest first. pending: what waits for a signature. stuck: what does not go on by itself. all: also what Fleet keeps besides.',
  },
  settings: {
    usage: '/fleet settings',
    help: 'Who signs, where Fleet delivers, what can be ordered, reminders, announcements, the audit log.',
  },
  link: {
    usage: '/fleet link @person 123',
    help: 'Tie a Slack person to a Fleet user where their e-mail address cannot.',
  },
  unlink: {
    usage: '/fleet unlink @person',
    help: 'Take such a tie back.',
  },
} as const satisfies Record<string, Omit<VerbHelp, 'verb'>>;

export type VerbName = keyof typeof texts;

/** Of what admins can do beyond that. */
const textsForAdmins: Partial<Record<VerbName, Omit<VerbHelp, 'verb'>>> = {
  status: {
    usage: '/fleet status [number or @person]',
    help: 'Your cart, requests and orders with what Fleet says of them; with a number, one of them in full; with a person, theirs.',
  },
};

export function verbHelp(verb: VerbName, isForAdmin: boolean): VerbHelp {
  return { verb, ...texts[verb], ...(isForAdmin ? textsForAdmins[verb] : {}) };
}

export const helpOfHelp: VerbHelp = { verb: 'help', usage: '/fleet help', help: 'This list.' };

export function helpMessage(verbs: readonly VerbHelp[]): Message {
  const rows = [...verbs, helpOfHelp].map(({ usage, help }) => `\`${esc(usage)}\` ${esc(help)}`);
  return message('What you can do with /fleet', [
    section('*Fleet for Slack*: order, sign for and follow equipment. Only you see this.'),
    ...rows.map(section),
  ]);
}

export function unknownVerbMessage(typed: string, nearest: VerbHelp | null): Message {
  const offer =
    nearest === null
      ? 'Type `/fleet help` to see what there is.'
      : `Did you mean \`${esc(nearest.usage)}\`? ${esc(nearest.help)} Type \`/fleet help\` to see everything.`;
  const text = `There is no /fleet ${literal(typed, 50)}, so nothing was done. ${offer}`;
  return message(text, [section(text)]);
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
