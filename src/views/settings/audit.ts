import type { KnownBlock } from '@slack/types';
import type { AuditEntry } from '../../domain/audit.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { slackDate } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks, settingsActions } from '../ids.ts';
import { noticeModal } from '../notices.ts';
import { esc, literal, mrkdwn, plain } from '../text.ts';
import { settingLabel } from './root.ts';

export const auditTitle = 'Audit log';
export const AUDIT_PAGE = 20;

export const loadingAudit = (): ModalView => noticeModal(auditTitle, 'Loading…');

/** Newest first. `next`: where older entries begin; null: there are none. */
export function auditModal(entries: readonly AuditEntry[], next: string | null): ModalView {
  const rows: KnownBlock[] = entries.map((entry) => ({ type: 'section', text: mrkdwn(entryText(entry)) }));
  return modal({
    callbackId: callbacks.notice,
    title: auditTitle,
    close: 'Back',
    blocks: [
      ...(rows.length === 0 ? [{ type: 'section' as const, text: mrkdwn('No entries yet.') }] : rows),
      ...(next === null ? [] : [olderButton(next)]),
    ],
  });
}

function olderButton(next: string): KnownBlock {
  return {
    type: 'actions',
    block_id: 'older_entries',
    elements: [
      { type: 'button', action_id: settingsActions.auditPage, value: next, text: plain('Show older entries', 75) },
    ],
  };
}

function entryText({ at, by, did, requestId, fleetOrderId, from, to, surface, outcome }: AuditEntry): string {
  const who = by === 'fleet_for_slack' ? 'Fleet for Slack' : `<@${esc(by.slackUserId)}>`;
  const what = literal(did.replaceAll('_', ' '), 60);
  if (did === 'settings_changed') return `${slackDate(at)} · ${who} · ${what}: *${esc(settingLabel(outcome))}*`;
  const order = fleetOrderId === null ? '' : ` · order ${fleetOrderId}`;
  const request = requestId === null ? '' : ` · request ${literal(requestId, 30)}`;
  const move = from === null && to === null ? '' : ` · ${literal(from ?? '–', 60)} → ${literal(to ?? '–', 60)}`;
  return `${slackDate(at)} · ${who} · *${what}*${order}${request}${move} · ${outcomeText(did, outcome)} (${literal(surface, 20)})`;
}

/** The log keeps a deputy's Slack id, which a mention turns into a name. */
function outcomeText(did: string, outcome: string): string {
  return did === 'deputy_named' ? `<@${esc(outcome)}>` : literal(outcome, 60);
}
