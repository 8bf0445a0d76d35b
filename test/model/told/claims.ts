import type { FleetFailure } from '../../../src/domain/failures/failure.ts';
import type { FleetOrderId, SlackUserId } from '../../../src/domain/ids.ts';
import type { RequestNotice } from '../../../src/domain/notices.ts';
import type { Despite, RequestStateKind } from '../../../src/domain/request/request.ts';
import type { Message } from '../../../src/domain/surfaces.ts';
import { noticeMessage } from '../../../src/views/notice-message.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import { refusalText } from '../../../src/views/request/refusals.ts';
import {
  checkingText,
  nothingOrderedText,
  sentAgainText,
  signatoryUnconfirmedText,
  stateText,
  stateTitles,
} from '../../../src/views/request/state.ts';
import { aRequest, states } from '../../domain/a-request.ts';

/** What a reader must take for a fact. */
export type Claim =
  /** Not ordered: it waits, is being sent, came back, or is over without an order. */
  | { readonly kind: 'not ordered' }
  /** Not in Fleet any more, neither as a cart nor as an order. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'ordered elsewhere' }
  /** `by` null: the sentence names nobody. */
  | { readonly kind: 'ordered'; readonly by: string | null; readonly isConfirmed: boolean };

interface Read {
  readonly order: number;
  /** Null: says nothing about that. */
  readonly claim: Claim | null;
}

const notOrdered: Claim = { kind: 'not ordered' };

export function orderNumberIn({ text }: Pick<Message, 'text'>): number | null {
  const found = /\border (\d+)/i.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

export function isCard({ text }: Pick<Message, 'text'>): boolean {
  return Object.values(cardTitles).some((title) => text.includes(title));
}

/** In place of an earlier message: the request's state, in the words of its card. */
function isRewritten({ text }: Pick<Message, 'text'>): boolean {
  return /^\S.* request for \d+ devices? \(order \d+\): \*/u.test(text);
}

/** Null: it is not about an order. Whatever is, must be understood. */
export function readMessage(message: Message): Read | null {
  const order = orderNumberIn(message);
  if (order === null) return null;
  if (isCard(message) || isRewritten(message)) return { order, claim: cardClaim(message) };
  const notice = notices.find(({ pattern }) => pattern.test(message.text));
  if (notice === undefined) throw new Error(`nobody knows what this says: ${message.text}`);
  return { order, claim: notice.claim };
}

/** Which state a card says that its request is in. Null: it says who decides now (a former approver's). */
export function stateOnCard(message: Message): RequestStateKind | null {
  const text = JSON.stringify(message.blocks);
  const kinds = Object.keys(stateTitles) as RequestStateKind[];
  const isGone = text.includes("can't be reached");
  return kinds.find((kind) => text.includes(`*${stateTitles[kind]}`)) ?? (isGone ? 'pending' : null);
}

function cardClaim(message: Message): Claim | null {
  const text = JSON.stringify(message.blocks);
  if (text.includes(checkingText) || text.includes(sentAgainText)) return null;
  switch (stateOnCard(message)) {
    case null:
      return null;
    case 'ordered': {
      const isConfirmed = !text.includes(signatoryUnconfirmedText);
      return { kind: 'ordered', by: isConfirmed ? (signer(text) ?? 'nobody') : null, isConfirmed };
    }
    case 'closed_elsewhere':
      if (text.includes(stem(stateText(putAway, 'requester')))) return null;
      return text.includes(stem(stateText(closed('gone'), 'requester')))
        ? { kind: 'gone' }
        : { kind: 'ordered elsewhere' };
    default:
      return notOrdered;
  }
}

function signer(text: string): string | undefined {
  return /Approved by ([^<]+?) </.exec(text)?.[1];
}

const closed = (how: 'ordered' | 'gone') => aRequest({ state: { ...states.closed_elsewhere, how } });

const putAway = aRequest({ state: { ...states.closed_elsewhere, isPutAway: true } });

/** Up to the first thing that differs from card to card. */
function stem(text: string): string {
  return text.split(/[(<]/, 1)[0] ?? text;
}

/** The private answer to a press: about the pressed card's order. */
export function answerClaim(text: string): Claim | null {
  if (text.includes(stem(alreadyOrdered))) return { kind: 'ordered', by: null, isConfirmed: false };
  const saysNot = new RegExp(`${nothingOrderedText}|nothing was ordered|nothing is ordered`, 'i');
  return saysNot.test(text) ? notOrdered : null;
}

const alreadyOrdered = refusalText({
  ...{ kind: 'already_decided', by: { ...aRequest().approver, name: '<' }, state: 'ordered' },
}).replace('&lt;', '<');

// Facts that no sentence has by itself.
const ORDER = 7_070_707;
const [WHO, WHAT] = ['Qqwho', 'Qqwhat'];
const about = { fleetOrderId: ORDER as FleetOrderId, devices: 2, requester: WHO };
const both = ['requester', 'approver'] as const;

type Says<Kind extends RequestNotice['kind']> = readonly (readonly [
  notice: Extract<RequestNotice, { kind: Kind }>,
  claim: Claim | null,
])[];

const someone = { ...aRequest().approver, name: WHO };
const everyDespite: readonly Despite[] = [
  ...(['declined', 'changes_requested', 'withdrawn'] as const).map((kind) => ({ kind, by: someone })),
  ...(['pending', 'expired', 'gone'] as const).map((kind) => ({ kind })),
];

/** While it is being checked, the sentence says nothing of whether it was ordered. */
function orBeingChecked<N extends RequestNotice>(notice: N): readonly (readonly [N, Claim | null])[] {
  return [
    [notice, notOrdered],
    [{ ...notice, isBeingChecked: true }, null],
  ];
}

const said: { readonly [Kind in RequestNotice['kind']]: Says<Kind> } = {
  request_ordered: [true, false].map((signatoryConfirmed) => [
    { kind: 'request_ordered', about, signatoryConfirmed },
    { kind: 'ordered', by: null, isConfirmed: signatoryConfirmed },
  ]),
  request_declined: orBeingChecked({ kind: 'request_declined', about, by: WHO, reason: WHAT }),
  changes_requested: orBeingChecked({ kind: 'changes_requested', about, by: WHO, wish: WHAT }),
  request_withdrawn: orBeingChecked({ kind: 'request_withdrawn', about, by: WHO }),
  request_expired: both.flatMap((reader) => orBeingChecked({ kind: 'request_expired', about, reader })),
  closed_elsewhere: both.flatMap((reader) => [
    [{ kind: 'closed_elsewhere', about, reader, how: 'ordered' }, { kind: 'ordered elsewhere' }] as const,
    [{ kind: 'closed_elsewhere', about, reader, how: 'gone' }, { kind: 'gone' }] as const,
    [{ kind: 'closed_elsewhere', about, reader, how: 'put_away' }, null] as const,
  ]),
  ordered_after_all: both.flatMap((reader) =>
    everyDespite.map(
      (despite) =>
        [
          { kind: 'ordered_after_all', about, reader, despite },
          { kind: 'ordered', by: null, isConfirmed: false },
        ] as const,
    ),
  ),
  cart_differs: [[{ kind: 'cart_differs', about }, notOrdered]],
  fleet_refused: both.map((reader) => [{ kind: 'fleet_refused', about, reader }, notOrdered]),
  reminder: [[{ kind: 'reminder', about, expiresAt: 1 }, notOrdered]],
  approver_needed: [[{ kind: 'approver_needed', about, lost: WHO }, notOrdered]],
  may_not_sign: [[{ kind: 'may_not_sign', about }, notOrdered]],
  eligibility_unclear: [[{ kind: 'eligibility_unclear', about }, notOrdered]],
  requester_changed: [[{ kind: 'requester_changed', about }, notOrdered]],
  asked_again: [[{ kind: 'asked_again', about }, notOrdered]],
  deputy_asked: [[{ kind: 'deputy_asked', about, deputy: WHO, away: WHO }, notOrdered]],
  reassigned: [[{ kind: 'reassigned', about, by: WHO, to: WHO }, notOrdered]],
  request_restored: both.map((reader) => [{ kind: 'request_restored', about, reader }, notOrdered]),
  request_replaced: both.map((reader) => [{ kind: 'request_replaced', about, reader }, notOrdered]),
};

/** How it begins; the reason follows. */
function toAdmins(failure: Pick<Extract<FleetFailure, { kind: 'no_answer' | 'unauthorized' }>, 'kind'>): RegExp {
  const whose = { slackUserId: 'U' as SlackUserId, fleetUserId: 1 as never, name: WHO };
  const why = { operation: 'validateCart', why: 'timeout', ...failure } as FleetFailure;
  const notice = { kind: 'fleet_needs_admin', about: whose, failure: why, fleetOrderId: about.fleetOrderId } as const;
  return new RegExp(`^${sourceOf(noticeMessage(notice).text.split('\n', 1)[0] ?? '')}`);
}

const notices: readonly { readonly pattern: RegExp; readonly claim: Claim | null }[] = [
  ...Object.values(said)
    .flat()
    .map(([notice, claim]) => ({ pattern: patternOf(noticeMessage(notice).text), claim })),
  { pattern: toAdmins({ kind: 'unauthorized' }), claim: notOrdered },
  { pattern: toAdmins({ kind: 'no_answer' }), claim: null },
];

function patternOf(text: string): RegExp {
  return new RegExp(`^${sourceOf(text)}$`);
}

function sourceOf(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(String(ORDER), '\\d+')
    .replaceAll('2 devices', '\\d+ devices?')
    .replace(/<!date[^>]*>/g, '<!date[^>]*>')
    .replaceAll(WHO, '[^]*?')
    .replaceAll(WHAT, '[^]*?');
}
