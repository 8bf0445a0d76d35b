import type { Work } from '../domain/work.ts';

import { carryOutApproval } from './carry-out-approval.ts';
import { carryOutCartChange } from './change-cart.ts';
import { carryOutExpire } from './expire.ts';
import { carryOutFollowOrders } from './follow-orders.ts';
import type { JobTenant } from './job-tenant.ts';
import { carryOutLookUp } from './look-up-unconfirmed.ts';
import { carryOutRebuild } from './rebuild-request.ts';
import { carryOutRefreshDirectory } from './refresh-directory.ts';
import { carryOutRemind } from './remind.ts';
import { carryOutSendRequest } from './send-request.ts';
import { carryOutTell } from './tell.ts';
import { carryOutUpdateCards } from './update-cards.ts';

/** Every kind of work has exactly one function, and each is safe to run twice. `jobId` is the work item's own id. */
export async function carryOut(work: Work, tenant: JobTenant, jobId: string): Promise<void> {
  switch (work.kind) {
    case 'change_cart':
      return carryOutCartChange(work, tenant);
    case 'send_request':
      return carryOutSendRequest(work, tenant);
    case 'carry_out_approval':
      return carryOutApproval(work, tenant);
    case 'look_up_unconfirmed':
      return carryOutLookUp(work, tenant);
    case 'update_cards':
      return carryOutUpdateCards(work, tenant);
    case 'remind':
      return carryOutRemind(work, tenant);
    case 'expire':
      return carryOutExpire(work, tenant);
    case 'tell':
      return carryOutTell(work, tenant, jobId);
    case 'rebuild_request':
      return carryOutRebuild(work, tenant);
    case 'refresh_directory':
      return carryOutRefreshDirectory(tenant);
    case 'follow_orders':
      return carryOutFollowOrders(tenant);
    default:
      return work satisfies never;
  }
}
