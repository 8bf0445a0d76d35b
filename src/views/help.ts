import type { NoMatch } from '../domain/people/people.ts';
import type { Message } from '../domain/surfaces.ts';
import { section } from './blocks.ts';
import { message } from './guard.ts';
import { noMatchText } from './people/link.ts';
import { esc, literal } from './text.ts';

export interface VerbHelp {
  readonly verb: string;
  readonly usage: string;
  readonly help: string;
}

/** In the order of the help. */
const texts = {
  order: {
    usage: '/fleet order macbook',
    help: 'Order equipment. Add words to search, or leave them out to browse.',
  },
  cart: {
    usage: '/fleet cart',
    help: 'Review your cart and send it for approval.',
  },
  status: {
    usage: '/fleet status [number]',
    help: 'See your cart, requests and orders. Add a number for one order.',
  },
  approvals: {
    usage: '/fleet approvals',
    help: 'Requests waiting for your approval.',
  },
  carts: {
    usage: '/fleet carts [pending, stuck, all]',
    help: 'All open carts and requests, oldest first. Filters: pending, stuck (needs attention), all (includes carts made in Fleet).',
  },
  settings: {
    usage: '/fleet settings',
    help: 'Approvers, countries, products, reminders, announcements and the audit log.',
  },
  link: {
    usage: '/fleet link @person 123',
    help: 'Link someone to their Fleet account when their email does not match.',
  },
  unlink: {
    usage: '/fleet unlink @person',
    help: 'Remove a link.',
  },
} as const satisfies Record<string, Omit<VerbHelp, 'verb'>>;

export type VerbName = keyof typeof texts;

/** Where admins can do more. */
const textsForAdmins: Partial<Record<VerbName, Omit<VerbHelp, 'verb'>>> = {
  status: {
    usage: '/fleet status [number or @person]',
    help: 'See your cart, requests and orders. Add a number for one order, or @person for theirs.',
  },
};

export function verbHelp(verb: VerbName, isForAdmin: boolean): VerbHelp {
  return { verb, ...texts[verb], ...(isForAdmin ? textsForAdmins[verb] : {}) };
}

export const helpOfHelp: VerbHelp = { verb: 'help', usage: '/fleet help', help: 'Show this help.' };

const helpTitle = 'Order and track company equipment';

/** `noMatch`: why its reader can't order. */
export function helpMessage(verbs: readonly VerbHelp[], noMatch: NoMatch | null = null): Message {
  const rows = [...verbs, helpOfHelp].map(({ usage, help }) => `\`${esc(usage)}\` ${esc(help)}`);
  const why = noMatch === null ? [] : [section(noMatchText(noMatch))];
  return message(helpTitle, [section(`*${helpTitle}*`), ...why, ...rows.map(section)]);
}

export function unknownVerbMessage(typed: string, nearest: VerbHelp | null): Message {
  const offer = nearest === null ? '' : ` Did you mean \`${esc(nearest.usage)}\`? ${esc(nearest.help)}`;
  const text = `Unknown command “${literal(typed, 50)}”.${offer} Try \`/fleet help\`.`;
  return message(text, [section(text)]);
}
