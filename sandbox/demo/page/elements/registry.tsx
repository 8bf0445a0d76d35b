import { ButtonElement } from './button.tsx';
import { CheckboxesElement, RadioElement } from './choices.tsx';
import { DateElement, DateTimeElement } from './date-input.tsx';
import type { ElementView } from './element-types.ts';
import { OverflowElement } from './overflow.tsx';
import { MultiSelectElement, SelectElement } from './selects.tsx';
import { TextInputElement } from './text-input.tsx';

/** Every element that people can press or fill in, by its Block Kit type. */
export const elementViews: Readonly<Record<string, ElementView>> = {
  button: ButtonElement,
  overflow: OverflowElement,
  plain_text_input: TextInputElement,
  number_input: TextInputElement,
  email_text_input: TextInputElement,
  url_text_input: TextInputElement,
  static_select: SelectElement,
  external_select: SelectElement,
  users_select: SelectElement,
  conversations_select: SelectElement,
  channels_select: SelectElement,
  multi_static_select: MultiSelectElement,
  multi_external_select: MultiSelectElement,
  multi_users_select: MultiSelectElement,
  multi_conversations_select: MultiSelectElement,
  multi_channels_select: MultiSelectElement,
  radio_buttons: RadioElement,
  checkboxes: CheckboxesElement,
  datepicker: DateElement,
  timepicker: DateElement,
  datetimepicker: DateTimeElement,
};
