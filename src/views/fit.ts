import type { KnownBlock } from '@slack/types';
import { limits } from './limits.ts';
import { BETWEEN_ROWS, clip, clipMrkdwn, mrkdwn } from './text.ts';

/** This app never pings a channel, so such a mention can only come from people's text. */
export function quiet(text: string): string {
  return text.replace(/<!(channel|here|everyone|subteam)([^<>]*)>/gu, '&lt;!$1$2&gt;');
}

/** Words what was left out, in mrkdwn. `count` is in rows: blocks with a text of their own, which may hold several. */
export type More = (count: number) => string;

export const moreRows: More = (count) =>
  count === 1 ? '… 1 more is not shown here' : `… ${count} more are not shown here`;

interface Shortening {
  readonly more: More;
  /** How many blocks at the end stay as long as they can. */
  readonly tail: number;
  readonly fits: (kept: readonly KnownBlock[]) => boolean;
}

/** Leaves out blocks from above the tail upwards until the rest fits, and says so in their place. */
export function shorten(blocks: readonly KnownBlock[], { more, tail, fits }: Shortening): KnownBlock[] {
  if (fits(blocks)) return [...blocks];
  const end = blocks.length - tail;
  for (let from = end - 1; from >= 0; from -= 1) {
    const shown = [...blocks.slice(0, from), note(blocks.slice(from, end), more), ...blocks.slice(end)];
    if (fits(shown)) return shown;
  }
  // Even the tail alone doesn't fit.
  return tail === 0 ? [] : shorten(blocks.slice(end), { more, tail: 0, fits });
}

/** The trailing buttons, fields and small print, without which no one could act. */
export function tailOf(blocks: readonly KnownBlock[]): number {
  const above = blocks.findLastIndex(({ type }) => type !== 'actions' && type !== 'input' && type !== 'context');
  return blocks.length - 1 - above;
}

function note(gone: readonly KnownBlock[], more: More): KnownBlock {
  const rows = gone.reduce((sum, block) => sum + rowsIn(block), 0);
  return { type: 'context', elements: [mrkdwn(more(rows === 0 ? gone.length : rows))] };
}

function rowsIn(block: KnownBlock): number {
  return block.type === 'section' ? (block.text?.text ?? '').split(BETWEEN_ROWS).length : 0;
}

/** What Slack allows inside one kind of object: its texts, its plain strings and its lists, by field. */
interface Rule {
  readonly texts?: Readonly<Record<string, number>>;
  readonly strings?: Readonly<Record<string, number>>;
  readonly lists?: Readonly<Record<string, number>>;
}

const select: Rule = {
  texts: { placeholder: limits.placeholder },
  lists: { options: limits.options, option_groups: limits.optionGroups },
};
const choice: Rule = { lists: { options: limits.choiceOptions } };

/** By `type`, or by field for those without one (option, option_group, confirm). */
const rules: Readonly<Record<string, Rule>> = {
  section: {
    texts: { text: limits.sectionText, fields: limits.sectionField },
    lists: { fields: limits.sectionFields },
  },
  header: { texts: { text: limits.header } },
  context: { lists: { elements: limits.contextElements } },
  input: { texts: { label: limits.inputLabel, hint: limits.inputHint } },
  alert: { texts: { text: limits.alertText } },
  image: { texts: { title: limits.imageTitle }, strings: { alt_text: limits.altText } },
  button: {
    texts: { text: limits.buttonText },
    strings: { value: limits.buttonValue, accessibility_label: limits.accessibilityLabel },
  },
  static_select: select,
  multi_static_select: select,
  external_select: select,
  radio_buttons: choice,
  checkboxes: choice,
  overflow: { lists: { options: limits.overflowOptions } },
  plain_text_input: { texts: { placeholder: limits.placeholder }, strings: { initial_value: limits.inputCharacters } },
  number_input: { texts: { placeholder: limits.placeholder } },
  option: {
    texts: { text: limits.optionText, description: limits.optionDescription },
    strings: { value: limits.optionValue },
  },
  option_group: { texts: { label: limits.optionText }, lists: { options: limits.options } },
  confirm: {
    texts: {
      title: limits.confirmTitle,
      text: limits.confirmText,
      confirm: limits.confirmButton,
      deny: limits.confirmButton,
    },
  },
};
const idLimits: Readonly<Record<string, number>> = { block_id: limits.id, action_id: limits.id };

function textLimit(kind: string, field: string): number {
  return rules[kind]?.texts?.[field] ?? limits.sectionText;
}

/** Null: a string that Slack does not bound, or not here. */
function stringLimit(kind: string, field: string): number | null {
  return rules[kind]?.strings?.[field] ?? idLimits[field] ?? null;
}

function listLimit(kind: string, field: string): number | null {
  return rules[kind]?.lists?.[field] ?? null;
}

type Node = Readonly<Record<string, unknown>>;

const NOTHING = '–';
const roles: Readonly<Record<string, string>> = {
  options: 'option',
  initial_option: 'option',
  initial_options: 'option',
  option_groups: 'option_group',
  confirm: 'confirm',
};

/** One block or element and everything in it, each text and list cut to what Slack takes in its place. */
function fitNode(node: Node, role?: string): Node {
  const kind = role ?? String(node.type);
  const fields = Object.entries(node)
    .filter(([field, value]) => !isUselessUrl(field, value))
    .map(([field, value]) => [field, fitField(kind, field, value)] as const);
  return tidied(Object.fromEntries(fields));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fitField(kind: string, field: string, value: unknown): unknown {
  if (typeof value === 'string') {
    const max = stringLimit(kind, field);
    if (field === 'alt_text' && value.trim() === '') return 'Image';
    return max === null ? value : clip(value, max);
  }
  if (Array.isArray(value)) {
    const shown = value.filter((one) => !isBrokenImage(one));
    return shown.slice(0, listLimit(kind, field) ?? shown.length).map((one) => fitField(kind, field, one));
  }
  if (!isNode(value)) return value;
  return isText(value) ? fitText(value, textLimit(kind, field)) : fitNode(value, roles[field]);
}

function isText(node: Node): node is { readonly type: 'mrkdwn' | 'plain_text'; readonly text: string } {
  return (node.type === 'mrkdwn' || node.type === 'plain_text') && typeof node.text === 'string';
}

function fitText(node: { readonly type: 'mrkdwn' | 'plain_text'; readonly text: string }, max: number): Node {
  const text = node.type === 'mrkdwn' ? clipMrkdwn(quiet(node.text), max) : clip(node.text, max);
  return { ...node, text: text.trim() === '' ? NOTHING : text };
}

/** A link or image that Slack would reject along with the whole payload is left out. */
function isUselessUrl(field: string, value: unknown): boolean {
  if (field === 'accessory') return isBrokenImage(value);
  return field === 'url' && !isUsableUrl(value);
}

function isBrokenImage(value: unknown): boolean {
  return isNode(value) && 'image_url' in value && !isUsableUrl(value.image_url);
}

function isUsableUrl(url: unknown): boolean {
  return typeof url === 'string' && url.length <= limits.url && /^https?:/u.test(url) && URL.canParse(url);
}

/** A select without options is refused, and so is a first choice that is not among them. */
function tidied(node: Node): Node {
  const { options, initial_option, initial_options, ...rest } = node;
  if (!Array.isArray(options)) return node;
  const values = options.map(valueIn);
  const offered = options.length > 0 ? options : [nothingToChoose];
  const chosen = Array.isArray(initial_options) ? initial_options.filter((one) => values.includes(valueIn(one))) : [];
  return {
    ...rest,
    options: offered,
    ...(values.includes(valueIn(initial_option)) && isNode(initial_option) ? { initial_option } : {}),
    ...(chosen.length > 0 ? { initial_options: chosen } : {}),
  };
}

const nothingToChoose = {
  text: { type: 'plain_text', text: 'Nothing to choose from', emoji: false },
  value: 'nothing_to_choose',
};

function valueIn(option: unknown): unknown {
  return isNode(option) ? option.value : undefined;
}

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
