import { adviceFor } from '../../domain/failures/failure-table.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { OrderLine } from '../../domain/order/order-line.ts';
import type { Person } from '../../domain/people/people.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { ADDRESSES_KEY } from '../order/list-addresses.ts';
import { dropCountry } from '../order/offered-countries.ts';

const HOUR = 60 * 60 * 1000;

/** What a refusal means beyond the person who met it: ordering pauses, admins are told, stale lists are dropped. */
export async function reportCartFailure(
  context: ServiceContext,
  failure: FleetFailure,
  { about, fleetOrderId, lines }: { about: Person; fleetOrderId: FleetOrderId | null; lines: readonly OrderLine[] },
): Promise<void> {
  const advice = adviceFor(failure);
  if (advice.refreshesAddresses) await context.store.cache.forget(ADDRESSES_KEY);
  const countries = new Set(lines.map((line) => line.deliveryCountry));
  const [country, ...others] = countries;
  // Which of several countries Fleet means it does not say.
  if (advice.dropsCountryForADay && country !== undefined && others.length === 0) await dropCountry(context, country);
  // What pauses ordering is told by whoever watches Fleet, once for everybody.
  if (advice.tellAdmins && !advice.pausesOrdering) {
    await context.store.commit({
      once: `told.${noticeId(context, failure, about)}`,
      work: [tellAdmins(context, failure, about, fleetOrderId)],
    });
  }
}

function tellAdmins(
  context: ServiceContext,
  failure: FleetFailure,
  about: Person,
  fleetOrderId: FleetOrderId | null,
): WorkItem {
  return {
    id: `tell-admins.${noticeId(context, failure, about)}`,
    work: {
      kind: 'notify',
      tenant: context.tenant,
      to: { kind: 'admins' },
      notice: { kind: 'fleet_needs_admin', failure, about, fleetOrderId },
    },
  };
}

/** The same about the same person once an hour: a hundred tries are one message. */
function noticeId({ seal, now }: ServiceContext, failure: FleetFailure, about: Person): string {
  const hour = Math.floor(now() / HOUR);
  const what = failure.kind === 'rejected' ? failure.code : failure.kind;
  return seal.digest(`${failure.operation} ${what} ${about.fleetUserId} ${hour}`).slice(0, 24);
}
