import { onCartCommand } from './cart.ts';
import { onOrderCommand } from './order.ts';
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
    handler: onStatusCommand,
  },
];
