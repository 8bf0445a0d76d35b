import { z } from 'zod';
import type { DeepReadonly } from './schema.ts';

/** Work for the workspace stops: Slack took the token away, or the app was removed. Ends when Slack takes the token again. */
export const Stop = z.object({ why: z.enum(['tokens_revoked', 'app_uninstalled']), since: z.number() });
export type Stop = DeepReadonly<z.infer<typeof Stop>>;

/** How long a workspace's data outlives its token. */
export const KEPT_AFTER_REVOKING_MS = 30 * 24 * 60 * 60 * 1000;
