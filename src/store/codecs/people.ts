import { z } from 'zod';
import type { FleetUserId, SlackUserId, TenantId } from '../../domain/ids.ts';
import type { FleetPerson } from '../../domain/people/people.ts';
import type { SlackProfile } from '../../domain/people/slack-profile.ts';
import { branded, brandedId } from './brands.ts';
import { createCodec } from './codec.ts';

export const profileCodec = createCodec<SlackProfile>({
  version: 1,
  schema: z.object({
    slackUserId: branded<SlackUserId>(),
    slackTeamId: branded<TenantId>(),
    name: z.string(),
    email: z.string().nullable(),
    timeZone: z.string(),
    locale: z.string(),
    isBot: z.boolean(),
    isGuest: z.boolean(),
    isStranger: z.boolean(),
    isDeactivated: z.boolean(),
    isSlackAdmin: z.boolean(),
  }),
});

export const fleetPersonCodec = createCodec<FleetPerson>({
  version: 1,
  schema: z.object({ fleetUserId: brandedId<FleetUserId>(), name: z.string(), isFleetAdmin: z.boolean() }),
});
