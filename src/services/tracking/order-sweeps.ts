import type { ServiceContext } from '../context.ts';

/** The environment's interval goes before the one of the settings. */
async function intervalOf({ pollEveryMs, store }: ServiceContext): Promise<number> {
  return pollEveryMs ?? (await store.settings()).pollEveryMs;
}

/**
 * The chain of sweeps. Its items are named by the stretch of time they fall into: however often this is called, and by
 * however many instances, there is one in each.
 */
export async function scheduleSweep(context: ServiceContext): Promise<void> {
  const inMs = await intervalOf(context);
  const at = context.now() + inMs;
  const id = `follow-orders.${inMs}.${stretchOf(at, inMs)}`;
  await commitOnce(context, id, at);
}

/** At the start of a process: what moved while none ran is seen at once, by one of however many start. */
export async function startSweeps(context: ServiceContext): Promise<void> {
  const now = context.now();
  await commitOnce(context, `follow-orders.start.${stretchOf(now, await intervalOf(context))}`, now);
}

async function commitOnce({ store, tenant }: ServiceContext, id: string, notBefore: number): Promise<void> {
  await store.commit({ once: id, work: [{ id, notBefore, work: { kind: 'follow_orders', tenant } }] });
}

function stretchOf(at: number, lengthMs: number): number {
  return (at - (at % lengthMs)) / lengthMs;
}
