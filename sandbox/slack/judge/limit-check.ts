import { list, obj, str } from '../json.ts';
import { type Limit, limits } from '../limits.ts';
import type { StructureFault } from './structure.ts';
import type { Node } from './walk.ts';

const byNode = new Map<string, { field: string; each: boolean; limit: Limit }[]>();
for (const limit of limits) {
  const [node = '', path = ''] = limit.path.split('.');
  const each = path.endsWith('[]');
  const entry = { field: each ? path.slice(0, -2) : path, each, limit };
  byNode.set(node, [...(byNode.get(node) ?? []), entry]);
}

/** Checks an object against every limit in the table that applies to it. */
export function limitFaults(name: string, value: unknown, pointer: string): StructureFault[] {
  return (byNode.get(name) ?? []).flatMap(({ field, each, limit }) => {
    const held = obj(value)[field];
    if (held === undefined || held === null) return [];
    if (!each) return measure(limit, held, `${pointer}/${field}`);
    return list(held).flatMap((one, index) => measure(limit, one, `${pointer}/${field}/${index}`));
  });
}

export function nodeLimitFaults(node: Node): StructureFault[] {
  const shared = node.kind === 'part' ? [] : limitFaults(node.kind, node.value, node.pointer);
  return [...limitFaults(node.name, node.value, node.pointer), ...shared];
}

function measure(limit: Limit, held: unknown, pointer: string): StructureFault[] {
  const size = sizeOf(limit, held);
  if (size === undefined) return [];
  const at = typeof held === 'object' && !Array.isArray(held) ? `${pointer}/text` : pointer;
  if (size > limit.max) return [{ pointer: at, words: limit.error }];
  if (size >= (limit.min ?? 0)) return [];
  const unit = limit.unit === 'items' ? 'items' : 'characters';
  return [{ pointer: at, words: `must be more than ${(limit.min ?? 0) - 1} ${unit}` }];
}

function sizeOf({ unit }: Limit, held: unknown): number | undefined {
  if (unit === 'items') return Array.isArray(held) ? held.length : undefined;
  return (str(held) ?? str(obj(held).text))?.length;
}
