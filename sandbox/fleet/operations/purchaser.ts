import { reject } from '../rejection.ts';
import type { World } from '../world.ts';

export function checkPurchaser({ state }: World, userId: number): void {
  if (!state.users.has(userId) || state.blockedPurchasers.has(userId)) reject(400, 'INVALID_PURCHASER');
}
