export type DeliveryKind =
  | 'command'
  | 'shortcut'
  | 'block_actions'
  | 'view_submission'
  | 'view_closed'
  | 'block_suggestion'
  | 'event';

/** One signed request as it was sent, so that it can be sent again byte by byte. */
export interface Delivery {
  kind: DeliveryKind;
  userId?: string;
  contentType: string;
  body: string;
  target: string;
}

/** What Slack itself put before the person because of the answer (or its absence). */
export interface Shown {
  kind: 'error' | 'ephemeral' | 'message';
  text: string;
}

/** What Slack saw of one act of a person. `status` is 0 when no answer came. */
export interface Act {
  kind: DeliveryKind;
  status: number;
  ackMs: number;
  body: unknown;
  rawBody: string;
  timedOut: boolean;
  shown: Shown[];
  delivery: Delivery;
  /** The app asked (x-slack-no-retry) not to hear of this event again. */
  noRetry?: boolean;
  /** False when Slack sent nothing to the app (an input without dispatch_action, a refused confirm dialog). */
  sent: boolean;
}

export interface SubmitResult {
  kind: 'closed' | 'updated' | 'pushed' | 'errors' | 'cleared' | 'failed';
  /** By visible label. */
  errors?: Record<string, string>;
  /** True when Slack refused on its own side and the app was never called. */
  bySlack?: boolean;
  shown?: Shown[];
  act?: Act;
}
