import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import type { CartOutcome, Later } from '../services/cart/cart-outcome.ts';
import type { SlackFailure } from '../slack/slack.ts';
import { sentence } from '../views/notices.ts';
import type { ModalView } from '../views/surfaces.ts';
import { type CartReader, cartModal, cartOutcomeText } from './cart-modal.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

interface Waiting extends CartReader {
  readonly viewId: SlackViewId | null;
  /** What stands in the modal while it goes on by itself. */
  readonly waiting: (why: NonNullable<Later['why']>) => ModalView;
}

const SLACK_AGAIN_MS = 2_000;

/** Into the modal that waits; where it was closed meanwhile, as a message. Nobody is left without a sentence. */
export async function showCartOutcome(tenant: JobTenant, outcome: CartOutcome, waiting: Waiting): Promise<void> {
  const { context, slack } = tenant;
  if (outcome.kind === 'later') {
    // A closed modal is no news yet: there will be an outcome to tell.
    if (outcome.why !== null && waiting.viewId !== null)
      await slack.updateModal(waiting.viewId, waiting.waiting(outcome.why));
    throw new RetryLater(outcome.afterMs);
  }
  if (waiting.viewId !== null) {
    const view = await cartModal(context, outcome, waiting);
    const shown = await slack.updateModal(waiting.viewId, view);
    if (shown.ok) return;
    const { failure } = shown;
    again(failure);
    if (failure.kind !== 'gone') context.log.error('a modal of the cart was not shown', { failure: failure.kind });
  }
  await tell(tenant, waiting.slackUserId, cartOutcomeText(outcome));
}

async function tell({ context, slack }: JobTenant, slackUserId: SlackUserId, text: string): Promise<void> {
  const told = await slack.post(slackUserId, sentence(text));
  if (told.ok) return;
  again(told.failure);
  context.log.warn('what became of a cart could not be told', { failure: told.failure.kind });
}

/** The same job again is harmless: the change finds itself carried out. */
function again(failure: SlackFailure): void {
  if (failure.kind === 'rate_limited') throw new RetryLater(failure.retryAfterMs);
  if (failure.kind === 'unavailable') throw new RetryLater(SLACK_AGAIN_MS);
}
