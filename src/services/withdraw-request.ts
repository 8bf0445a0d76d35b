import type { AuditEntry } from '../domain/audit.ts';
import type { RequestRefusal } from '../domain/decision.ts';
import type { RequestId, SlackUserId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { ServiceContext } from './context.ts';

export interface Withdrawal {
  readonly requestId: RequestId;
  readonly slackUserId: SlackUserId;
  /** `edit`: **Withdraw and edit** keeps the lines in the draft. `drop`: Fleet keeps them as an unordered draft. */
  readonly then: 'edit' | 'drop';
  readonly surface: AuditEntry['surface'];
}

export type Withdrawn =
  | { readonly ok: true; readonly request: DeviceRequest }
  | { readonly ok: false; readonly refusal: RequestRefusal };

/** One commit: the request ends, its cart is unlocked and every copy of the card is to be updated. */
export async function withdrawRequest(_context: ServiceContext, _withdrawal: Withdrawal): Promise<Withdrawn> {
  return { ok: false, refusal: { kind: 'unknown_request' } };
}
