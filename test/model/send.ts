import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ChangeId, SlackUserId } from '../../src/domain/ids.ts';
import { noCarry } from '../../src/domain/order-form/choice.ts';
import { fingerprintText } from '../../src/domain/screens.ts';
import { openReconciledCart } from '../../src/services/cart/open.ts';
import { sendRequest } from '../../src/services/request/send.ts';
import { anna } from '../domain/a-request.ts';
import { type Life, lines } from './life.ts';
import { type Model, maySign } from './model.ts';
import { cast, type Name } from './people.ts';
import { adopt } from './steps.ts';

/** As **Send for approval** does: exactly what the modal showed. Answers whether it was sent. */
export async function send(life: Life, to: Name): Promise<boolean> {
  const { context } = life;
  const before = life.history.size;
  const opened = await openReconciledCart(context, anna.slackUserId, noCarry);
  if (opened.kind !== 'screen' || opened.screen.kind !== 'cart') return false;
  const changeId = randomBytes(16).toString('hex') as ChangeId;
  await sendRequest(context, {
    ...{ kind: 'send_request', tenant: life.workspaceId, slackUserId: anna.slackUserId, changeId, note: 'Please' },
    ...{ approverSlackUserId: cast[to].slackUserId as SlackUserId, viewId: null },
    seen: context.seal.digest(fingerprintText(opened.screen)),
  });
  return life.history.size > before;
}

/** What was over is put into the cart once more and sent; whether it goes through is Fleet's to say as well. */
export function sendAgain(to: Name) {
  return async (model: Model, life: Life): Promise<void> => {
    const { store } = life.context;
    const draft = await store.draft(anna.slackUserId);
    if (draft === null) return;
    const is = { ...draft, lines, standing: 'ours' as const, revision: draft.revision + 1 };
    await store.commit({ draft: { slackUserId: anna.slackUserId, expectedRevision: draft.revision, next: is } });
    const isSent = await send(life, to);
    if (isSent) expect(maySign(model, to), `${to} was asked`).toBe(true);
    adopt(model, life);
  };
}
