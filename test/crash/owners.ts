import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { Work } from '../../src/domain/work.ts';
import type { Durable } from './durable.ts';

/** Asked when no process is alive: what is open must be advanced by somebody or something that outlived it. */
export async function ownerless({ store, work }: Durable): Promise<readonly string[]> {
  const open = await store.openRequests();
  const waiting = await work();
  const problems: string[] = [];
  for (const request of open) {
    for (const kind of owners(request)) {
      if (!waiting.some((one) => isFor(one, kind, request)))
        problems.push(`a request that is ${request.state.kind} has no ${kind} after a crash`);
    }
    const copies = await store.copies(request.id);
    const isShown = (['requester', 'approver'] as const).every((side) => copies.some((copy) => copy.kind === side));
    if (!isShown && !waiting.some((one) => isFor(one, 'update_cards', request)))
      problems.push(`a request that is ${request.state.kind} has cards that nobody posts`);
  }
  return problems;
}

function owners({ state }: DeviceRequest): readonly Work['kind'][] {
  switch (state.kind) {
    case 'pending':
      return ['expire', 'remind'];
    case 'validating':
      return ['carry_out_approval'];
    case 'unconfirmed':
      return ['look_up_unconfirmed'];
    default:
      return [];
  }
}

function isFor(work: Work, kind: Work['kind'], { id }: DeviceRequest): boolean {
  return work.kind === kind && 'requestId' in work && work.requestId === id;
}
