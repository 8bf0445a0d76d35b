import type { SlackViewId } from '../domain/ids.ts';
import { tellWhoActed } from '../presenters/workspace.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import { noticeModal, notShownText } from '../views/notices.ts';
import type { HandlerDeps, Tenant } from './deps.ts';

/** Who waits, and where they read that it failed. */
export interface WaitingAt {
  /** Of whoever acted: answered privately. */
  readonly body: object;
  /** The modal that they look at instead. */
  readonly modal?: { readonly viewId: SlackViewId; readonly title: string };
  /** Default: nothing was changed. */
  readonly failed?: string;
}

/** What goes on after a press in the cart says there that it failed: a message elsewhere is behind the modal. */
export function waitingInCart(viewId: SlackViewId, body: object): WaitingAt {
  return { body, modal: { viewId, title: yourCartTitle } };
}

/** Work that goes on after the acknowledgement while somebody waits for it: when it fails, they are told. */
export function waitedFor(
  deps: HandlerDeps,
  tenant: Tenant,
  what: string,
  at: WaitingAt,
  work: () => Promise<void>,
): void {
  deps.inBackground(what, orTold(tenant, at, work));
}

async function orTold(tenant: Tenant, at: WaitingAt, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await tellFailed(tenant, at);
    throw error;
  }
}

async function tellFailed(tenant: Tenant, { body, modal, failed = notShownText }: WaitingAt): Promise<void> {
  if (modal !== undefined) {
    const shown = await tenant.slack.updateModal(modal.viewId, noticeModal(modal.title, failed));
    if (shown.ok || shown.failure.kind === 'gone') return;
  }
  await tellWhoActed(tenant, body, failed);
}
