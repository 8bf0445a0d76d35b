import { adviceFor } from '../../domain/failures/failure-table.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { plainDate } from '../dates.ts';
import { counted } from '../format.ts';
import { clip } from '../text.ts';

/** Plain text: whoever shows it escapes it. */
export interface Told {
  readonly to: SlackUserId;
  readonly text: string;
}

/** A changed card makes no sound: who must know gets a message besides. By the state that the request came to. */
export function decisionNews(request: DeviceRequest): readonly Told[] {
  const { state } = request;
  const { requester, ended, approver } = people(request);
  switch (state.kind) {
    case 'pending':
      return pendingNews(request);
    case 'ordered':
      return [requester(state.signatoryConfirmed ? 'is ordered.' : 'is ordered. Fleet did not confirm who signed.')];
    case 'declined':
      return [ended(`was declined by ${state.by.name}. Nothing was ordered. Reason: ${clip(state.reason, 500)}`)];
    case 'changes_requested':
      return [
        ended(
          `comes back: ${state.by.name} asks for changes. Nothing was ordered. Change the cart with /fleet cart and send it again. What should change: ${clip(state.wish, 500)}`,
        ),
      ];
    case 'withdrawn':
      return [approver(`was withdrawn by ${state.by.name}. There is nothing left to decide, and nothing was ordered.`)];
    case 'expired': {
      const text = 'expired: nobody decided in time. Nothing was ordered.';
      return [ended(text), approver(text)];
    }
    case 'closed_elsewhere': {
      const text =
        state.how === 'ordered' ? 'was ordered in Fleet itself.' : 'is gone from Fleet: nothing was ordered.';
      return [requester(text), approver(text)];
    }
    case 'validating':
    case 'unconfirmed':
      return [];
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return state satisfies never;
  }
}

/** It came back from Fleet, or somebody else is asked now: the card says all of it. */
function pendingNews(request: DeviceRequest): readonly Told[] {
  const { approver } = people(request);
  if (request.difference !== null) {
    return [
      approver("is not ordered: Fleet's cart differs from what was signed. The card shows how; please decide anew."),
    ];
  }
  if (request.problem !== null) return refusedNews(request, request.problem);
  return request.approverGone ? approverLostNews(request) : [];
}

/** The requester besides, where the table says so: often only they can change what Fleet refuses. */
function refusedNews(request: DeviceRequest, problem: FleetFailure): readonly Told[] {
  const { requester, approver } = people(request);
  return [
    approver('is not ordered: Fleet refused it. The card says why.'),
    ...(adviceFor(problem, 'approval').tellRequester
      ? [requester('is not ordered: Fleet refused it. Its card says why, and what to do next.')]
      : []),
  ];
}

/** To the approver: by our own clock, or because the requester asked for it. */
export function reminderNews(request: DeviceRequest): readonly Told[] {
  const until = plainDate(request.expiresAt);
  return [people(request).approver(`waits for your signature until ${until}. Its card is further up in this chat.`)];
}

export function approverLostNews(request: DeviceRequest): readonly Told[] {
  const { requester } = people(request);
  return [
    requester(
      `needs another approver: ${request.approver.name} cannot be reached or may no longer sign. Choose another one on its card. Nothing was ordered.`,
    ),
  ];
}

/** An approval that was pressed and came back before anything was sent: whoever pressed may not sign, or nobody can say. */
export function unsignedNews(request: DeviceRequest): readonly Told[] {
  const { approver } = people(request);
  if (request.approverGone) {
    return [...approverLostNews(request), approver('is not ordered: you may no longer sign it.')];
  }
  return [approver('is not ordered: it was not clear just now who may sign. Please press Approve again.')];
}

/** To somebody who was asked before: the card that they have is brought up to date without a sound. */
function askedAgainNews(request: DeviceRequest): readonly Told[] {
  return [people(request).approver('waits for your signature again. Its card is further up in this chat.')];
}

/** Somebody else is asked: by whoever was, or by the requester. */
export const passOnNews = { decided: decisionNews, askedAgain: askedAgainNews } as const;

/** To the requester: whoever they asked is away. */
function deputyNews(away: { readonly name: string }) {
  return (request: DeviceRequest): readonly Told[] => {
    const { requester } = people(request);
    const { name } = request.approver;
    return [requester(`waits for ${name} now, who stands in for ${away.name} while they are away.`)];
  };
}

export const standInNews = { standsIn: deputyNews, askedAgain: askedAgainNews } as const;

export function rebuiltNews(request: DeviceRequest): readonly Told[] {
  const { requester, approver } = people(request);
  if (request.state.kind !== 'pending') return decisionNews(request);
  return [
    requester('had to be restored from Fleet. It still waits for a signature; nothing was ordered.'),
    approver('had to be restored from Fleet. Nothing was ordered: please read its card and decide again.'),
  ];
}

function people(request: DeviceRequest) {
  const devices = counted(request.lines.length || request.expectedInFleet.productIds.length, 'device');
  const what = `order ${request.fleetOrderId} (${devices})`;
  const to = request.requester.slackUserId;
  return {
    requester: (text: string): Told => ({ to, text: `Your ${what} ${text}` }),
    /** Nothing was ordered: what ended is a request. */
    ended: (text: string): Told => ({
      to,
      text: `Your request for ${devices} (order ${request.fleetOrderId}) ${text}`,
    }),
    approver: (text: string): Told => ({
      to: request.approver.slackUserId,
      text: `The request of ${request.requester.name}, ${what}, ${text}`,
    }),
  };
}
