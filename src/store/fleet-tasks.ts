import { FleetTask, isSettled } from '../domain/fleet-task.ts';
import { createCodec, readWith } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import type { CommitPlan, Replacement, StoreParts } from './parts.ts';

const codec = createCodec<FleetTask>(FleetTask);

export const fleetTaskRecords = {
  /** Sealed to its key: it may hold an email or a street. */
  async fleetTask(parts: StoreParts, taskId: string): Promise<FleetTask | null> {
    const key = parts.keys.fleetTask(taskId);
    const sealed = await parts.connection.run((redis) => redis.hget(key, 'json'));
    if (sealed === null) return null;
    return readWith(parts, codec, { record: 'fleet task', key }, parts.seal.decrypt(key, sealed) ?? '');
  },
};

/** Kept until it is settled, and then for as long as somebody may look at it. */
export function planFleetTask(
  plan: CommitPlan,
  { keys, seal }: StoreParts,
  { expectedRevision, next }: Replacement<FleetTask>,
): void {
  const key = keys.fleetTask(next.taskId);
  plan.compare(key, expectedRevision);
  plan.writeRecord(key, next.revision, seal.encrypt(key, codec.encode(next)));
  if (isSettled(next.state)) plan.write('PEXPIRE', 'hash', key, lifetimesMs.settledFleetTask);
  else plan.write('PERSIST', 'hash', key);
}
