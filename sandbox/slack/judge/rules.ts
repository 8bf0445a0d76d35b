import { list, type Obj, obj, objects, str } from '../json.ts';
import { limit } from '../limits.ts';
import type { StructureFault } from './structure.ts';
import type { Node } from './walk.ts';

type Rule = (value: Obj) => string | undefined;

const rules: Record<string, readonly Rule[]> = {
  section: [
    ({ text, fields }) => (text === undefined && fields === undefined ? 'section needs text or fields' : undefined),
  ],
  option: [({ value }) => (typeof value === 'string' ? undefined : 'missing required field: value')],
  confirm: [
    ({ title, text }) =>
      title === undefined || text === undefined ? 'missing required field: title or text' : undefined,
  ],
  static_select: [optionsOrGroups, initialAmongOptions],
  multi_static_select: [optionsOrGroups, initialAmongOptions, selectedItems],
  multi_external_select: [selectedItems],
  multi_users_select: [selectedItems],
  radio_buttons: [initialAmongOptions],
  checkboxes: [initialAmongOptions],
  number_input: [numberRange],
  plain_text_input: [lengthRange],
  rich_text_input: [lineRange],
  file_input: [fileCount],
  card: [cardContent],
  button: [({ url }) => (url === undefined || isUrl(url) ? undefined : 'invalid url')],
  image: [({ image_url: url }) => (url === undefined || isUrl(url) ? undefined : 'invalid url')],
  table: [({ rows }) => evenRows(list(rows))],
  data_table: [({ rows }) => evenRows(list(rows)), plainHeader, tableCharacters],
};

/** What Slack requires of one object beyond its shape and its limits. */
export function ruleFaults({ name, value, pointer }: Node): StructureFault[] {
  return (rules[name] ?? []).flatMap((rule) => {
    const words = rule(value);
    return words === undefined ? [] : [{ pointer, words }];
  });
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value);
}

function optionsOrGroups({ options, option_groups: groups }: Obj): string | undefined {
  return (options === undefined) === (groups === undefined) ? 'needs either options or option_groups' : undefined;
}

function initialAmongOptions(element: Obj): string | undefined {
  const all = [
    ...objects(element.options),
    ...objects(element.option_groups).flatMap((group) => objects(group.options)),
  ];
  const known = new Set(all.map(optionKey));
  const initial =
    element.initial_option === undefined ? objects(element.initial_options) : [obj(element.initial_option)];
  if (element.initial_options !== undefined && initial.length === 0) return 'initial_options must not be empty';
  return initial.every((option) => known.has(optionKey(option)))
    ? undefined
    : 'initial option must be one of the options';
}

function optionKey(option: Obj): string {
  return JSON.stringify([option.value, obj(option.text).type, obj(option.text).text]);
}

function selectedItems({
  max_selected_items: max,
  initial_options: options,
  initial_users: users,
}: Obj): string | undefined {
  if (max === undefined) return undefined;
  if (typeof max !== 'number' || max < 1) return 'max_selected_items must be at least 1';
  return list(options).length > max || list(users).length > max
    ? 'more initial items than max_selected_items'
    : undefined;
}

function numberRange({
  min_value: min,
  max_value: max,
  initial_value: initial,
  is_decimal_allowed: decimals,
}: Obj): string | undefined {
  const given = [min, max, initial].filter((one) => one !== undefined).map(String);
  const pattern = decimals === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!given.every((one) => pattern.test(one))) return 'must be a valid number';
  if (min !== undefined && max !== undefined && Number(min) > Number(max))
    return 'min_value must not be more than max_value';
  if (initial === undefined) return undefined;
  const isInside = Number(initial) >= Number(min ?? initial) && Number(initial) <= Number(max ?? initial);
  return isInside ? undefined : 'initial_value must be between min_value and max_value';
}

function lengthRange({ min_length: min = 0, max_length: max }: Obj): string | undefined {
  const most = limit('plain_text_input.length');
  const top = max ?? most.max;
  if (Number(min) > most.max || Number(top) > most.max) return most.error;
  if (max !== undefined && Number(max) < 1) return 'max_length must be at least 1';
  return Number(min) > Number(top) ? 'min_length must not be more than max_length' : undefined;
}

function lineRange({ min_lines: min = 1, max_lines: max = 100 }: Obj): string | undefined {
  const most = limit('rich_text_input.lines');
  const isInside = [min, max].every((one) => Number(one) >= 1 && Number(one) <= most.max);
  return isInside && Number(min) <= Number(max) ? undefined : most.error;
}

function fileCount({ max_files: max = 10 }: Obj): string | undefined {
  const most = limit('file_input.max_files');
  return Number(max) >= 1 && Number(max) <= most.max ? undefined : most.error;
}

function cardContent({ hero_image: image, title, actions, body }: Obj): string | undefined {
  const isEmpty = [image, title, actions, body].every((one) => one === undefined);
  return isEmpty ? 'card needs a hero_image, title, actions or body' : undefined;
}

function evenRows(rows: readonly unknown[]): string | undefined {
  const lengths = new Set(rows.map((row) => list(row).length));
  return lengths.size > 1 ? 'every row must have the same number of cells' : undefined;
}

function plainHeader({ rows }: Obj): string | undefined {
  const isRich = objects(list(rows)[0]).some((cell) => cell.type === 'rich_text');
  return isRich ? 'header cells must not be rich_text' : undefined;
}

function tableCharacters({ rows }: Obj): string | undefined {
  const most = limit('data_table.characters');
  const size = list(rows)
    .flatMap((row) => objects(row))
    .reduce((sum, cell) => sum + (str(cell.text) ?? JSON.stringify(cell.elements ?? '')).length, 0);
  return size > most.max ? most.error : undefined;
}
