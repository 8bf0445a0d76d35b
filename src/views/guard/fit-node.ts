import { limits } from '../limits.ts';
import { clip, clipMrkdwn } from '../text.ts';
import { quiet } from './quiet.ts';
import { listLimit, stringLimit, textLimit } from './rules.ts';

export type Node = Readonly<Record<string, unknown>>;

const NOTHING = '–';
const roles: Readonly<Record<string, string>> = {
  options: 'option',
  initial_option: 'option',
  initial_options: 'option',
  option_groups: 'option_group',
  confirm: 'confirm',
};

/** One block or element and everything in it, each text and list cut to what Slack takes in its place. */
export function fitNode(node: Node, role?: string): Node {
  const kind = role ?? String(node.type);
  const fields = Object.entries(node)
    .filter(([field, value]) => !isUselessUrl(field, value))
    .map(([field, value]) => [field, fitField(kind, field, value)] as const);
  return tidied(Object.fromEntries(fields));
}

export function isNode(value: unknown): value is Node {
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

/** A link or a picture that Slack would refuse is worth less than what it stands beside. */
function isUselessUrl(field: string, value: unknown): boolean {
  if (field === 'accessory') return isBrokenImage(value);
  return field === 'url' && !isUsableUrl(value);
}

export function isBrokenImage(value: unknown): boolean {
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
