import { z } from 'zod';
import type { AuditEntry } from '../../domain/audit.ts';
import type { FleetOrderId, FleetUserId, RequestId, SlackUserId } from '../../domain/ids.ts';
import { branded, brandedId } from './brands.ts';
import { createCodec } from './codec.ts';

export const auditCodec = createCodec<AuditEntry>({
  version: 1,
  schema: z.looseObject({
    at: z.number(),
    by: z.union([
      z.literal('fleet_for_slack'),
      z.object({ slackUserId: branded<SlackUserId>(), fleetUserId: brandedId<FleetUserId>().nullable() }),
    ]),
    did: z.string(),
    requestId: branded<RequestId>().nullable(),
    fleetOrderId: brandedId<FleetOrderId>().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    surface: branded<AuditEntry['surface']>(),
    outcome: z.string(),
    reason: z.string().exactOptional(),
  }),
});
