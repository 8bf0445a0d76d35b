import { z } from 'zod';
import { FleetUserId, SlackUserId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

/** An admin's word for who somebody is in Fleet, where their e-mail cannot tell. */
export const Link = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId, by: SlackUserId, at: z.number() });
export type Link = DeepReadonly<z.infer<typeof Link>>;
