import type { SlackViewId } from '../domain/ids.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

const claim = `
local claimed = redis.call('GET', KEYS[1])
if claimed and claimed > ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

export async function claimTurn({ keys, link }: StoreParts, viewId: SlackViewId, actionTs: string): Promise<boolean> {
  return (await link.script(claim, [keys.turn(viewId)], [comparable(actionTs), lifetimesMs.turn])) === 1;
}

// Longer than what it follows and beginning with it: above it as text, and below everything that Slack dates later.
const claimNext = `
local newest = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], newest .. '+', 'PX', ARGV[2])
return 1
`;

/** For what Slack gives no time of its own: our clock says nothing beside Slack's. */
export async function claimNextTurn({ keys, link }: StoreParts, viewId: SlackViewId): Promise<void> {
  await link.script(claimNext, [keys.turn(viewId)], [comparable('0'), lifetimesMs.turn]);
}

export async function isTurn({ keys, link }: StoreParts, viewId: SlackViewId, actionTs: string): Promise<boolean> {
  const claimed = await link.run((redis) => redis.get(keys.turn(viewId)));
  return claimed === null || claimed <= comparable(actionTs);
}

/** Slack's `1700000000.123456` with both parts in full width, so that text compares as time does. */
function comparable(actionTs: string): string {
  const [seconds = '', fraction = ''] = actionTs.split('.', 2);
  return `${seconds.padStart(12, '0')}.${fraction.padEnd(9, '0')}`;
}
