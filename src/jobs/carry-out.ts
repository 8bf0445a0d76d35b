import type { Work } from '../domain/work.ts';
import { refreshHomes } from '../services/tracking/refresh-homes.ts';
import { carryOutApproval } from './carry-out-approval.ts';
import { carryOutCartChange } from './change-cart.ts';
import { carryOutEraseWorkspace } from './erase-workspace.ts';
import { carryOutExpire } from './expire.ts';
import { carryOutFollowOrders } from './follow-orders.ts';
import type { JobTenant } from './job-tenant.ts';
import { carryOutLookUp } from './look-up-unconfirmed.ts';
import { carryOutPersonChanged } from './person-changed.ts';
import { carryOutPublishHome } from './publish-home.ts';
import { carryOutRebuild } from './rebuild-request.ts';
import { carryOutRefreshDirectory } from './refresh-directory.ts';
import { carryOutRemind } from './remind.ts';
import { RetryLater } from './retry-later.ts';
import { carryOutSendRequest } from './send-request.ts';
import { carryOutTell } from './tell.ts';
import { carryOutUpdateCards } from './update-cards.ts';

const NEWER_RELEASE_MS = 15_000;

/** Every kind of work has exactly one function, and each is safe to run twice. `jobId` is the work item's own id. */
export async function carryOut(work: Work, tenant: JobTenant, jobId: string): Promise<void> {
  switch (work.kind) {
    case 'change_cart':
      await carryOutCartChange(work, tenant);
      return refreshHomes(tenant.context, [work.slackUserId]);
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
    case 'person_changed':
      return carryOutPersonChanged(work, tenant);
    case 'erase_workspace':
      return carryOutEraseWorkspace(work, tenant);
    case 'refresh_directory':
      return carryOutRefreshDirectory(tenant);
    case 'publish_home':
      return carryOutPublishHome(work, tenant);
    case 'follow_orders':
      return carryOutFollowOrders(tenant);
    default:
      work satisfies never;
      // Of a newer release, while both run: one of its instances takes it.
      throw new RetryLater(NEWER_RELEASE_MS);
  }
}
