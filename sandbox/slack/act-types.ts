export type DeliveryKind =
  | 'command'
  | 'shortcut'
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'block_suggestion'
  | 'event';

/** One signed request as it was sent, so that it can be resent byte for byte. */
export interface Delivery {
  kind: DeliveryKind;
  userId?: string;
  contentType: string;
  body: string;
  target: string;
}

/** What Slack itself showed the person because of the answer, or because there was none. */
export interface Shown {
  kind: 'error' | 'ephemeral' | 'message';
  text: string;
}

/** What Slack saw of one act. `status` is 0 if no answer came. */
export interface Act {
  kind: DeliveryKind;
  status: number;
  ackMs: number;
  body: unknown;
  rawBody: string;
  timedOut: boolean;
  shown: Shown[];
  delivery: Delivery;
  /** The app asked not to get this event again (x-slack-no-retry). */
  noRetry?: boolean;
  /** False if Slack sent the app nothing (an input without dispatch_action, a canceled confirm dialog). */
  sent: boolean;
}

export interface SubmitResult {
  kind: 'closed' | 'updated' | 'pushed' | 'errors' | 'cleared' | 'failed';
  /** By visible label. */
  errors?: Record<string, string>;
  /** True if Slack refused it and never called the app. */
  bySlack?: boolean;
  shown?: Shown[];
  act?: Act;
}
