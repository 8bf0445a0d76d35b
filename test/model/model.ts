import type { DeviceRequest, RequestStateKind } from '../../src/domain/request/request.ts';
import { type Name, nameOf } from './people.ts';
import { type Press, presser } from './presses.ts';

const FOUR_HOURS = 4 * 60 * 60 * 1000;

/** The newest request as far as its people can tell: small enough to be seen to be right. */
export interface Standing {
  readonly kind: RequestStateKind;
  readonly approver: Name;
  readonly approverGone: boolean;
  readonly createdAt: number;
  readonly remindedAt: number | null;
  readonly expiresAt: number;
}

export interface Model {
  standing: Standing;
  now: number;
  /** Fleet `ADMIN`s, and whoever Slack has deactivated. */
  readonly admins: Set<Name>;
  readonly deactivated: Set<Name>;
}

export function standingOf(request: DeviceRequest): Standing {
  const { state, approver, approverGone, createdAt, lastRemindedAt, expiresAt } = request;
  const rest = { approverGone, createdAt, remindedAt: lastRemindedAt, expiresAt };
  return { kind: state.kind, approver: nameOf(approver), ...rest };
}

/** Nobody signs what they asked for: Anna is the one who asks. */
export function maySign({ admins, deactivated }: Pick<Model, 'admins' | 'deactivated'>, name: Name): boolean {
  return name !== 'anna' && admins.has(name) && !deactivated.has(name);
}

export function isOpenKind(kind: RequestStateKind): boolean {
  return kind === 'pending' || kind === 'validating' || kind === 'unconfirmed';
}

export interface Expected {
  readonly ok: boolean;
  readonly standing: Standing;
}

/** What a press must come to. `isCurrent`: the card shows what would be signed now. */
export function expected(model: Model, standing: Standing, one: Press, isCurrent: boolean): Expected {
  const refused: Expected = { ok: false, standing };
  const gone: Expected = { ok: false, standing: { ...standing, approverGone: true } };
  const isRequesters = ['withdraw', 'withdraw and edit', 'choose another', 'remind'].includes(one.act);
  const by = presser(one, standing.approver);
  const isLost = !isRequesters && by === standing.approver && !maySign(model, by);
  // Whose own press shows that they may not sign is not asked any longer, whatever they decided.
  if (isLost && one.act !== 'approve' && standing.kind === 'pending')
    return model.now < standing.expiresAt ? gone : refused;
  const names = one.act === 'hand over' || one.act === 'choose another';
  if (names && !maySign(model, one.to)) return refused;
  if (isRequesters && by !== 'anna') return refused;
  if (standing.kind !== 'pending') return refused;
  // Whoever comes too late finds it expired; the cart's own button only says so.
  if (model.now >= standing.expiresAt)
    return one.act === 'withdraw and edit'
      ? refused
      : { ok: false, standing: { ...standing, kind: 'expired', approverGone: false } };
  if (!isRequesters && by !== standing.approver) return refused;
  // Who wants to remind somebody who is gone learns that they are.
  if (one.act === 'remind' && !standing.approverGone && !maySign(model, standing.approver)) return gone;
  if (isLost && isCurrent) return gone;
  const next = accepted(model, standing, one, isCurrent);
  return next === null ? refused : { ok: true, standing: next };
}

function accepted(model: Model, standing: Standing, { act, to }: Press, isCurrent: boolean): Standing | null {
  switch (act) {
    case 'approve':
      // Whoever was called gone and presses is there again.
      return isCurrent ? { ...standing, kind: 'validating', approverGone: false } : null;
    case 'decline':
      return { ...standing, kind: 'declined', approverGone: false };
    case 'ask for changes':
      return { ...standing, kind: 'changes_requested', approverGone: false };
    case 'withdraw':
    case 'withdraw and edit':
      return { ...standing, kind: 'withdrawn', approverGone: false };
    case 'hand over':
      return to === standing.approver ? null : passedOn(standing, to);
    case 'choose another':
      return !standing.approverGone || to === standing.approver ? null : passedOn(standing, to);
    case 'remind':
      return !standing.approverGone && model.now >= nextReminder(standing)
        ? { ...standing, remindedAt: model.now }
        : null;
    default:
      return act satisfies never;
  }
}

function passedOn(standing: Standing, approver: Name): Standing {
  return { ...standing, approver, approverGone: false, remindedAt: null };
}

function nextReminder({ createdAt, remindedAt }: Standing): number {
  return remindedAt === null ? createdAt : remindedAt + FOUR_HOURS;
}
