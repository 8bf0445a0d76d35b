import { z } from 'zod';
import { SlackUserId, TenantId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

/** What Slack says of a person (`users.info`). The e-mail is for matching only: it is never shown, logged or stored in clear. */
export const SlackProfile = z.object({
  slackUserId: SlackUserId,
  slackTeamId: TenantId,
  name: z.string(),
  /** Null: hidden, or the scope is missing. */
  email: z.string().nullable(),
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: z.string(),
  /** Such as `de-DE`. */
  locale: z.string(),
  isBot: z.boolean(),
  /** Multi- or single-channel guest. */
  isGuest: z.boolean(),
  /** From another workspace or organisation (Slack Connect). */
  isStranger: z.boolean(),
  isDeactivated: z.boolean(),
  /** Slack workspace admin or owner. */
  isSlackAdmin: z.boolean(),
});
export type SlackProfile = DeepReadonly<z.infer<typeof SlackProfile>>;

/** A user group, where the workspace gave the app `usergroups:read`. */
export const SlackGroup = z.object({ id: z.string(), name: z.string() });
export type SlackGroup = DeepReadonly<z.infer<typeof SlackGroup>>;
