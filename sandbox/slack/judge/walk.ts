import { isObj, type Obj, str } from '../json.ts';

export interface Node {
  /** The type of a block or element, or its role: `option`, `option_group`, `confirm`, `text`. */
  name: string;
  kind: 'block' | 'element' | 'part';
  value: Obj;
  pointer: string;
  /** The block that contains it (itself, for a block). */
  block: Obj | undefined;
}

const blockLists = new Set(['blocks', 'child_blocks']);
const elementPlaces = new Set(['element', 'accessory', 'elements', 'actions']);
const parts: Record<string, string> = {
  options: 'option',
  initial_options: 'option',
  initial_option: 'option',
  option_groups: 'option_group',
  confirm: 'confirm',
};

/** Every object in a payload that Slack has rules for, in reading order. */
export function nodesOf(blocks: unknown, pointer: string, key = 'blocks'): Node[] {
  const nodes: Node[] = [];
  visit(blocks, { pointer, key, block: undefined, parent: undefined }, nodes);
  return nodes;
}

interface At {
  pointer: string;
  key: string;
  block: Obj | undefined;
  parent: Node | undefined;
}

function visit(value: unknown, at: At, into: Node[]): void {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) visit(one, { ...at, pointer: `${at.pointer}/${index}` }, into);
    return;
  }
  if (!isObj(value)) return;
  const node = nodeOf(value, at);
  if (node !== undefined) into.push(node);
  const block = node?.kind === 'block' ? value : at.block;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null) continue;
    visit(child, { pointer: `${at.pointer}/${key}`, key, block, parent: node ?? at.parent }, into);
  }
}

function nodeOf(value: Obj, { pointer, key, block, parent }: At): Node | undefined {
  const type = str(value.type);
  const part = parts[key];
  // A button's label in a confirm dialog is also called `confirm`.
  if (part !== undefined && type === undefined) return { name: part, kind: 'part', value, pointer, block };
  if (type === undefined) return undefined;
  if (type === 'plain_text' || type === 'mrkdwn') return { name: 'text', kind: 'part', value, pointer, block };
  const isBlock = blockLists.has(key) || (key === 'elements' && parent?.name === 'carousel');
  const isElement = elementPlaces.has(key) && parent?.name.startsWith('rich_text') !== true;
  const kind = isBlock ? 'block' : isElement ? 'element' : 'part';
  return { name: type, kind, value, pointer, block: isBlock ? value : block };
}
