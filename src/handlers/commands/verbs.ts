import { onApprovalsCommand } from './approvals.ts';
import { onCartCommand } from './cart.ts';
import { onCartsCommand } from './carts.ts';
import { onLinkCommand, onUnlinkCommand } from './link.ts';
import { onOrderCommand } from './order.ts';
import { onSettingsCommand } from './settings.ts';
import { onStatusCommand } from './status.ts';
import type { Verb } from './verb.ts';

/** Everything that can be typed after `/fleet`, in the order of the help. `help` itself is the router's. */
export const verbs: readonly Verb[] = [
  {
    verb: 'order',
    usage: '/fleet order [words]',
    help: 'Order equipment: choose a product, see price and delivery time, and put it into your cart.',
    who: 'everybody',
    handler: onOrderCommand,
  },
  {
    verb: 'cart',
    usage: '/fleet cart',
    help: 'Your cart: change it, and send it for approval.',
    who: 'everybody',
    handler: onCartCommand,
  },
  {
    verb: 'status',
    usage: '/fleet status [number]',
    help: 'Your cart, requests and orders with what Fleet says of them; with a number, one of them in full.',
    who: 'everybody',
    toAdmins: {
      usage: '/fleet status [number or @person]',
      help: 'Your cart, requests and orders with what Fleet says of them; with a number, one of them in full; with a person, theirs.',
    },
    handler: onStatusCommand,
  },
  {
    verb: 'approvals',
    usage: '/fleet approvals',
    help: 'What waits for your signature, each with its buttons.',
    who: 'approvers',
    handler: onApprovalsCommand,
  },
  {
    verb: 'carts',
    usage: '/fleet carts [pending, stuck, all]',
    help: 'Every open cart and request in the company, oldest first. pending: what waits for a signature. stuck: what does not go on by itself. all: also what Fleet keeps besides.',
    who: 'admins',
    handler: onCartsCommand,
  },
  {
    verb: 'settings',
    usage: '/fleet settings',
    help: 'Who signs, where Fleet delivers, what can be ordered, reminders, announcements, the audit log.',
    who: 'admins',
    handler: onSettingsCommand,
  },
  {
    verb: 'link',
    usage: '/fleet link @person 123',
    help: 'Tie a Slack person to a Fleet user where their e-mail address cannot.',
    who: 'admins',
    handler: onLinkCommand,
  },
  {
    verb: 'unlink',
    usage: '/fleet unlink @person',
    help: 'Take such a tie back.',
    who: 'admins',
    handler: onUnlinkCommand,
  },
];
