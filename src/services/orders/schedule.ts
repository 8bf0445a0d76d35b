import type { ServiceContext } from '../context.ts';

/** The environment's interval overrides the one in the settings. */
export async function sweepEveryMs({ pollEveryMs, store }: ServiceContext): Promise<number> {
  return pollEveryMs ?? (await store.settings()).pollEveryMs;
}

/**
 * At the start of a process: what moved while none ran is seen at once. The item is named by the interval it falls
 * into, so that of any number of instances that start together only one asks Fleet.
 */
export async function queueStartupSweep(context: ServiceContext): Promise<void> {
  const { store, workspaceId, now } = context;
  const notBefore = now();
  const id = `follow-orders.start.${Math.floor(notBefore / (await sweepEveryMs(context)))}`;
  await store.commit({ once: id, work: [{ id, notBefore, work: { kind: 'follow_orders', tenant: workspaceId } }] });
}
