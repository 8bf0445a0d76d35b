import type { KnownBlock } from '@slack/types';
import { limits } from '../limits.ts';
import { fitNode, isBrokenImage, isNode, type Node } from './fit-node.ts';

/** The block as Slack takes it: none where nothing is left to show, several where its buttons do not fit into one. */
export function fitBlock(block: KnownBlock): readonly KnownBlock[] {
  if (isBrokenImage(block)) return [];
  const node = fitNode({ ...block });
  // fitNode shortens texts and lists and keeps every block's shape, which is what KnownBlock describes.
  return split(node).map((one) => one as unknown as KnownBlock);
}

function split(node: Node): readonly Node[] {
  if (node.type === 'section') return [wholeSection(node)];
  const { elements } = node;
  if (!Array.isArray(elements) || (node.type !== 'actions' && node.type !== 'context')) return [node];
  if (elements.length === 0) return [];
  return node.type === 'context' ? [node] : groups(elements).map((some) => ({ ...node, elements: some }));
}

/** Slack refuses a section with neither text nor fields, and one with an empty list of fields. */
function wholeSection(node: Node): Node {
  const { fields, ...rest } = node;
  const shown = Array.isArray(fields) && fields.length > 0 ? { ...rest, fields } : rest;
  return 'text' in shown || 'fields' in shown ? shown : { ...rest, text: { type: 'plain_text', text: '–' } };
}

/** At most 25 in a block, and an `action_id` only once. */
function groups(elements: readonly unknown[]): readonly (readonly unknown[])[] {
  const made: unknown[][] = [];
  for (const element of elements) {
    const room = made.find((some) => some.length < limits.actionsElements && !some.some((one) => sameId(one, element)));
    if (room === undefined) made.push([element]);
    else room.push(element);
  }
  return made;
}

function sameId(one: unknown, other: unknown): boolean {
  return isNode(one) && isNode(other) && one.action_id !== undefined && one.action_id === other.action_id;
}
