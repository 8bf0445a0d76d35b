import type { SlackUserId, TenantId } from '../ids.ts';

/** What Slack says of a person (`users.info`). The e-mail is for matching only: it is never shown, logged or stored in clear. */
export interface SlackProfile {
  readonly slackUserId: SlackUserId;
  readonly slackTeamId: TenantId;
  readonly name: string;
  /** Null: hidden, or the scope is missing. */
  readonly email: string | null;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Such as `de-DE`. */
  readonly locale: string;
  readonly isBot: boolean;
  /** Multi- or single-channel guest. */
  readonly isGuest: boolean;
  /** From another workspace or organisation (Slack Connect). */
  readonly isStranger: boolean;
  readonly isDeactivated: boolean;
  /** Slack workspace admin or owner. */
  readonly isSlackAdmin: boolean;
}
