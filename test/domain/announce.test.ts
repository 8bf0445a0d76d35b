import { expect, it } from 'vitest';
import type { SlackChannelId } from '../../src/domain/ids.ts';
import { isNews } from '../../src/domain/orders/follow.ts';
import type { Announced } from '../../src/domain/settings/settings.ts';
import { aRequest, HOUR, states } from './a-request.ts';

const into = (...what: Announced[]) => ({ channel: 'C0NEWS' as SlackChannelId, what });
const ordered = aRequest({ state: states.ordered });
const shipped = aRequest({ state: { ...states.ordered, clientStatus: 'SHIPPED' } });
const at = states.ordered.at;

it.each([
  ['an order within a day', ordered, into('ordered'), at + 24 * HOUR - 1, true],
  ['an order after a day', ordered, into('ordered'), at + 24 * HOUR, false],
  ['an order where only shipping is told', ordered, into('shipped'), at, false],
  ['shipping, however late', shipped, into('shipped'), at + 30 * 24 * HOUR, true],
  ['shipping where only orders are told', shipped, into('ordered'), at + 30 * 24 * HOUR, false],
  ['an order where nothing is announced', ordered, null, at, false],
  ['what is not ordered', aRequest(), into('ordered', 'shipped'), at, false],
  [
    'what was ordered in Fleet itself',
    aRequest({ state: states.closed_elsewhere }),
    into('ordered', 'shipped'),
    at,
    false,
  ],
])('%s is news for the channel: %#', (_, request, announcements, now, is) => {
  expect(isNews(request, announcements, now)).toBe(is);
});
