/**
 * Slack's limits. `path` is node.field: the node is the type of a block or element (or `view`, `message`, `option`,
 * `option_group`, `confirm`, `text`), and `[]` means each entry of the list. Characters are UTF-16 units.
 */
export interface Limit {
  path: string;
  max: number;
  min?: number;
  unit: 'characters' | 'items';
  error: string;
}

const characters = (path: string, max: number, min?: number): Limit => ({
  path,
  max,
  ...(min === undefined ? {} : { min }),
  unit: 'characters',
  error: `must be less than ${max + 1} characters`,
});
const items = (path: string, max: number, min?: number): Limit => ({
  path,
  max,
  ...(min === undefined ? {} : { min }),
  unit: 'items',
  error: `no more than ${max} items allowed`,
});

export const limits: readonly Limit[] = [
  characters('text.text', 12_000, 1),
  items('view.blocks', 100),
  characters('view.title', 24, 1),
  characters('view.submit', 24, 1),
  characters('view.close', 24, 1),
  characters('view.private_metadata', 3000),
  characters('view.callback_id', 255),
  characters('view.external_id', 255),
  items('message.blocks', 50),
  items('message.attachments', 100),
  characters('message.text', 40_000),
  characters('block.block_id', 255, 1),
  characters('element.action_id', 255, 1),
  characters('section.text', 3000, 1),
  items('section.fields', 10, 1),
  characters('section.fields[]', 2000, 1),
  characters('header.text', 150, 1),
  items('context.elements', 10, 1),
  characters('context.elements[]', 3000, 1),
  items('actions.elements', 25, 1),
  characters('button.text', 75, 1),
  characters('button.value', 2000),
  characters('button.url', 3000, 1),
  characters('button.accessibility_label', 75, 1),
  characters('workflow_button.text', 75, 1),
  characters('option.text', 75, 1),
  characters('option.value', 150, 1),
  characters('option.description', 75, 1),
  characters('option.url', 3000, 1),
  items('static_select.options', 100, 1),
  items('static_select.option_groups', 100, 1),
  items('multi_static_select.options', 100, 1),
  items('multi_static_select.option_groups', 100, 1),
  items('option_group.options', 100, 1),
  characters('option_group.label', 75, 1),
  items('options_answer.options', 100),
  items('options_answer.option_groups', 100),
  items('overflow.options', 5, 1),
  items('radio_buttons.options', 10, 1),
  items('checkboxes.options', 10, 1),
  characters('element.placeholder', 150, 1),
  characters('input.label', 2000, 1),
  characters('input.hint', 2000, 1),
  characters('confirm.title', 100, 1),
  characters('confirm.text', 300, 1),
  characters('confirm.confirm', 30, 1),
  characters('confirm.deny', 30, 1),
  characters('image.alt_text', 2000, 1),
  characters('image.image_url', 3000, 1),
  characters('image.title', 2000, 1),
  characters('alert.text', 200, 1),
  characters('card.title', 150, 1),
  characters('card.subtitle', 150, 1),
  characters('card.body', 200, 1),
  items('card.actions', 3, 1),
  items('carousel.elements', 10, 1),
  items('container.child_blocks', 10, 1),
  characters('container.title', 150, 1),
  characters('markdown.text', 12_000, 1),
  items('table.rows', 100, 1),
  items('table.rows[]', 20, 1),
  items('data_table.rows', 101, 2),
  items('data_table.rows[]', 20, 1),
  characters('data_table.caption', 3000, 1),
];

/** Limits on a whole payload or on an element's value; the judge's rules apply them. */
const wholes = [
  { path: 'message.blocks.characters', max: 13_200, error: 'msg_blocks_too_long' },
  { path: 'message.markdown.characters', max: 12_000, error: 'msg_blocks_too_long' },
  { path: 'message.tables', max: 1, error: 'only one table allowed in a message' },
  { path: 'data_table.characters', max: 10_000, error: 'too many characters in the table' },
  { path: 'view.bytes', max: 250_000, error: 'view_too_large' },
  { path: 'view.focus_on_load', max: 1, error: 'only one element can have focus_on_load' },
  { path: 'chat.update.text', max: 4000, error: 'msg_too_long' },
  { path: 'plain_text_input.length', max: 3000, error: 'must be no more than 3000' },
  { path: 'rich_text_input.lines', max: 100, error: 'must be between 1 and 100' },
  { path: 'file_input.max_files', max: 10, error: 'must be no more than 10' },
] as const;

type WholePath = (typeof wholes)[number]['path'];

export function limit(path: WholePath): { max: number; error: string } {
  const found = wholes.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no limit is named ${path}`);
  return found;
}
