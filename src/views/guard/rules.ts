import { limits } from '../limits.ts';

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

/** By `type`, and by the field it stands in for those that have none (option, option_group, confirm). */
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

export function textLimit(kind: string, field: string): number {
  return rules[kind]?.texts?.[field] ?? limits.sectionText;
}

/** Null: a string that Slack does not bound, or not here. */
export function stringLimit(kind: string, field: string): number | null {
  return rules[kind]?.strings?.[field] ?? idLimits[field] ?? null;
}

export function listLimit(kind: string, field: string): number | null {
  return rules[kind]?.lists?.[field] ?? null;
}
