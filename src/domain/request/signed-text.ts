import type { CartDifference } from '../cart/cart-difference.ts';
import { canonicalText } from './fingerprint.ts';
import type { DeviceRequest } from './request.ts';

type Signed = Pick<DeviceRequest, 'requester' | 'mode' | 'lines' | 'total' | 'expectedInFleet'>;

/**
 * What is digested into a request's fingerprint. With a difference it covers that too: a card from before, which does
 * not show it, signs nothing any more. Without lines (Redis was lost) it covers what Fleet was seen to hold instead.
 */
export function signedText(request: Signed, difference: CartDifference | null): string {
  const { requester, mode, lines, total, expectedInFleet } = request;
  const text = canonicalText({ purchaserId: requester.fleetUserId, mode, lines, total });
  if (lines.length > 0 && difference === null) return text;
  return JSON.stringify([text, expectedInFleet, difference]);
}
