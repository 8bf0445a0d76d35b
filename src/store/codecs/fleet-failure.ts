import { z } from 'zod';
import {
  documentedCodes,
  type FleetFailure,
  type FleetOperation,
  isRejectionCode,
  type RejectionCode,
} from '../../domain/failures/fleet-failure.ts';
import { everyKind } from './every-kind.ts';

// Strict, unlike the ids: the failure table has a row for everyKind these.
const operation = z.custom<FleetOperation>(
  (value) => typeof value === 'string' && Object.hasOwn(documentedCodes, value),
);
const code = z.custom<RejectionCode>((value) => typeof value === 'string' && isRejectionCode(value));
const status = z.number();

export const FleetFailureShape = everyKind<FleetFailure>()(
  z.discriminatedUnion('kind', [
    z.object({ operation, kind: z.literal('rejected'), code, status }),
    z.object({ operation, kind: z.literal('rejected_in_words'), words: z.string(), status }),
    z.object({ operation, kind: z.literal('unauthorized') }),
    z.object({ operation, kind: z.literal('insufficient_scope') }),
    z.object({ operation, kind: z.literal('company_not_found') }),
    z.object({ operation, kind: z.literal('rate_limited'), retryAfterMs: z.number() }),
    z.object({ operation, kind: z.literal('unavailable'), status }),
    z.object({ operation, kind: z.literal('unreachable') }),
    z.object({ operation, kind: z.literal('no_answer'), why: z.enum(['timeout', 'reset']) }),
    z.object({ operation, kind: z.literal('unreadable'), issue: z.string(), status }),
  ]),
);
