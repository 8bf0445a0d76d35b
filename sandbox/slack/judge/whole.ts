import { type Obj, objects, str } from '../json.ts';
import { limit } from '../limits.ts';
import type { StructureFault } from './structure.ts';
import type { Node } from './walk.ts';

/** Rules for a whole list of blocks: ids are unique, and at most one element takes the focus. */
export function listFaults(nodes: readonly Node[]): StructureFault[] {
  const faults = repeated(
    nodes.filter((node) => node.kind === 'block').map((node) => ({ node, id: str(node.value.block_id) })),
    'block_id',
  );
  const elements = nodes.filter((node) => node.kind === 'element');
  const named = elements.map((node) => ({ node, id: str(node.value.action_id), of: node.block }));
  for (const block of new Set(named.map((one) => one.of)))
    faults.push(
      ...repeated(
        named.filter((one) => one.of === block),
        'action_id',
      ),
    );
  const focused = nodes.filter((node) => node.value.focus_on_load === true);
  const focus = limit('view.focus_on_load');
  const [, second] = focused;
  if (focused.length > focus.max && second !== undefined)
    faults.push({ pointer: `${second.pointer}/focus_on_load`, words: focus.error });
  return faults;
}

function repeated(given: readonly { node: Node; id: string | undefined }[], field: string): StructureFault[] {
  const seen = new Set<string>();
  return given.flatMap(({ node, id }) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [{ pointer: `${node.pointer}/${field}`, words: `${field} already exists: ${id}` }];
    seen.add(id);
    return [];
  });
}

/** The characters of text in blocks, as Slack seems to count them for `msg_blocks_too_long`. */
export function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + charactersOf(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, child]) => {
    const own = key === 'text' && typeof child === 'string' ? child.length : 0;
    return sum + own + charactersOf(child);
  }, 0);
}

export function tooManyTables(blocks: readonly Obj[]): boolean {
  return blocks.filter((block) => block.type === 'table').length > limit('message.tables').max;
}

export function markdownCharacters(blocks: unknown): number {
  return objects(blocks)
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + (str(block.text) ?? '').length, 0);
}
