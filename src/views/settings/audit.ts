import type { KnownBlock } from '@slack/types';
import { type AuditFilter, type AuditRow, auditFilters } from '../../domain/audit.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { actions, button, section } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, settingsActions } from '../ids.ts';
import { noticeModal } from '../notices.ts';

import { deviceCount, modeOf, totalText } from '../request/rows.ts';
import { clientStatusText } from '../request/state.ts';
import { esc, literal, slackDate } from '../text.ts';
import { auditTitle, settingLabel } from './root.ts';

export const AUDIT_PAGE = 20;

export const loadingAudit = (): ModalView => noticeModal(auditTitle, 'Loading…');

const filterLabels: Readonly<Record<AuditFilter, string>> = {
  all: 'Everything',
  orders: 'Carts and orders',
  company: 'Settings and people',
};

const filterActions: Readonly<Record<AuditFilter, string>> = {
  all: settingsActions.auditAll,
  orders: settingsActions.auditOrders,
  company: settingsActions.auditCompany,
};

interface AuditShown {
  readonly rows: readonly AuditRow[];
  readonly filter: AuditFilter;
  /** Where older entries begin; null: there are none. */
  readonly next: string | null;
}

/** Newest first. */
export function auditModal({ rows, filter, next }: AuditShown): ModalView {
  const shown: KnownBlock[] = rows.map((row) => section(rowText(row)));
  const filters = auditFilters.map((one) =>
    button(filterActions[one], filterLabels[one], { value: one, ...(one === filter ? { style: 'primary' } : {}) }),
  );
  return modal({
    callbackId: callbacks.notice,
    title: auditTitle,
    close: 'Back',
    blocks: [
      actions(filters, 'audit_filter'),
      ...(shown.length === 0 ? [section('No entries.')] : shown),
      ...(next === null
        ? []
        : [
            actions([button(settingsActions.auditPage, 'Show older entries', { value: `${filter} ${next}` })], 'older'),
          ]),
    ],
  });
}

/** The filter and the place that a button of the log carries. An earlier release's carries only the place. */
export function readAuditValue(value = ''): { readonly filter: AuditFilter; readonly before: string | undefined } {
  const filter = auditFilters.find((one) => value === one || value.startsWith(`${one} `)) ?? 'all';
  return { filter, before: /(?:^| )(\d+-\d+)$/u.exec(value)?.[1] };
}

/** Who did what. `order`: "order 42 of Anna Keller (2 devices, €109.80/month)", or "a cart". By what the log calls it. */
const phrases: Readonly<Record<string, (order: string) => string>> = {
  request_sent: (order) => `sent ${order} for approval`,
  approval_pressed: (order) => `approved ${order}`,
  request_declined: (order) => `declined ${order}`,
  changes_requested: (order) => `asked for changes to ${order}`,
  request_withdrawn: (order) => `withdrew ${order}`,
  request_expired: (order) => `closed ${order}: it expired without a decision`,
  request_handed_over: (order) => `reassigned ${order}`,
  approver_chosen_anew: (order) => `chose another approver for ${order}`,
  handed_to_deputy: (order) => `asked the approver's backup about ${order}`,
  approver_reminded: (order) => `sent a reminder about ${order}`,
  approver_lost: (order) => `found that the approver of ${order} can't be reached or is no longer an approver`,
  approver_press_refused: (order) => `wasn't allowed to decide on ${order}`,
  requester_press_refused: (order) => `wasn't allowed to change ${order}`,
  request_superseded: (order) => `noted that ${order} was sent again`,
  request_rebuilt: (order) => `reloaded ${order} from Fleet`,
  approval_waits: (order) => `is waiting for Fleet to take ${order}`,
  validate_claimed: (order) => `sent ${order} to Fleet`,
  validate_turned_away: (order) => `couldn't send ${order}: Fleet was busy`,
  validate_unanswered: (order) => `got no clear answer from Fleet about ${order}`,
  second_validate_claimed: (order) => `sent ${order} to Fleet again`,
  order_looked_up: (order) => `looked up ${order} in Fleet`,
  order_placed: (order) => `placed ${order} in Fleet`,
  fleet_refused: (order) => `gave ${order} back to its approver: it didn't go through`,
  signer_refused: (order) => `gave ${order} back: its approver can't approve it`,
  cart_differs: (order) => `gave ${order} back to its approver: the cart changed in Fleet`,
  cart_changed_elsewhere: (order) => `saw that the cart of ${order} changed in Fleet`,
  cart_not_shown: (order) => `couldn't find ${order} in Fleet`,
  cart_shown_again: (order) => `found ${order} in Fleet again`,
  ending_checked: (order) => `checked with Fleet that ${order} wasn't ordered`,
  ending_unclear: (order) => `couldn't check with Fleet that ${order} wasn't ordered`,
  closed_elsewhere: (order) => `saw that ${order} was closed in Fleet`,
  cart_created: (order) => `started a cart: ${order}`,
  cart_changed: (order) => `changed the cart of ${order}`,
  cart_put_back: (order) => `put the devices of ${order} back in the cart`,
  gone_from_fleet: (order) => `lost the cart of ${order}: it's gone from Fleet`,
  ordered_already: (order) => `found that the cart of ${order} was ordered in Fleet`,
  closed_in_fleet: (order) => `found that the cart of ${order} was closed in Fleet`,
  not_yours: (order) => `found that the cart of ${order} belongs to someone else in Fleet`,
  deputy_ended: () => 'is back: requests come to them again',
  ordering_paused: () => 'paused ordering: Fleet rejected the API key',
  ordering_resumed: () => 'resumed ordering',
  workspace_stopped: () => 'stopped working for this workspace',
  workspace_resumed: () => 'resumed working for this workspace',
};

const places: Readonly<Record<string, string>> = {
  command: 'by command',
  modal: 'in a window',
  card: 'on the card',
  home: 'on the Home tab',
  settings: 'in the settings',
};

function rowText({ entry, request }: AuditRow): string {
  const { at, by, surface, reason } = entry;
  const who = by === 'fleet_for_slack' ? 'Fleet for Slack' : mention(by.slackUserId);
  const place = Object.hasOwn(places, surface) ? ` ${places[surface]}` : '';
  const why = reason === undefined ? '' : ` as their own request: “${literal(reason, 200)}”`;
  return `${slackDate(at)} · ${who} ${didText(entry, orderText(entry, request))}${place}${why}`;
}

function didText(entry: AuditRow['entry'], order: string): string {
  const { did, outcome, from, to, fleetOrderId, requestId } = entry;
  switch (did) {
    case 'settings_changed':
      return `changed *${esc(settingLabel(outcome))}*`;
    case 'deputy_named':
      return `named ${mention(outcome)} as their backup`;
    case 'person_linked':
      return `linked ${mention(from ?? '')} to ${literal(to ?? '', 60)}`;
    case 'person_unlinked':
      return `removed the link from ${mention(from ?? '')} to ${literal(to ?? '', 60)}`;
    case 'status_changed':
      return `saw that ${order} is now *${clientStatusText(outcome)}*`;
    default: {
      // A newer release may have written something that this one has no words for.
      const phrase = Object.hasOwn(phrases, did) ? phrases[did] : undefined;
      const isAboutOrder = fleetOrderId !== null || requestId !== null;
      return phrase?.(order) ?? literal(did.replaceAll('_', ' '), 60) + (isAboutOrder ? `: ${order}` : '');
    }
  }
}

/** Names and prices are read now: the log holds neither. */
function orderText({ fleetOrderId }: AuditRow['entry'], request: AuditRow['request']): string {
  if (fleetOrderId === null) return 'a cart';
  if (request === null) return `order ${fleetOrderId}`;
  const price = totalText(request.total, modeOf(request));
  return `*order ${fleetOrderId}* of ${literal(request.requester.name)} (${deviceCount(request)}, ${price})`;
}

/** Slack fills in the person's current name. */
function mention(slackUserId: string): string {
  return `<@${esc(slackUserId)}>`;
}
