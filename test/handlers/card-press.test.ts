import { expect, it } from 'vitest';
import { cardPress } from '../../src/handlers/card.ts';
import type { HandlerWorkspace, PressArgs } from '../../src/handlers/listener.ts';

const channel = { id: 'D1' };
const message = { ts: '1.0' };

it.each([
  ['card', { container: { type: 'message', is_ephemeral: false }, channel, message }],
  ['command', { container: { type: 'message', is_ephemeral: true }, channel }],
  ['home', { container: { type: 'view' }, view: { type: 'home' } }],
  ['modal', { container: { type: 'view' }, view: { type: 'modal' } }],
] as const)('the audit log names where it was pressed: %s', (surface, where) => {
  const body = { user: { id: 'U1' }, trigger_id: 'T1', ...where };
  const args = { action: { value: 'signed' }, body } as unknown as PressArgs;
  const workspace = { context: { seal: { digest: (text: string) => text } } } as unknown as HandlerWorkspace;

  expect(cardPress(args, workspace, 'approver')).toEqual({
    ...{ value: 'signed', surface, slackUserId: 'U1', side: 'approver' },
    copy: surface === 'card' ? { channel: 'D1', ts: '1.0' } : null,
    once: 'act.["press","U1","T1"]',
  });
});
