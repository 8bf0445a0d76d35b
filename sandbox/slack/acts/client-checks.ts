import { isEmptyValue, type Placed, placedElements } from '../elements.ts';
import { objects, str } from '../json.ts';
import type { ViewRecord } from '../workspace-state.ts';

/** The errors Slack's own client shows at submit, before the app is called, by block id. */
export function clientErrors(record: ViewRecord): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const placed of placedElements(objects(record.view.blocks))) {
    if (!placed.isInput) continue;
    const value = record.values[placed.blockId]?.[placed.actionId];
    const isEmpty = isEmptyValue(value);
    if (isEmpty && placed.block.optional === true) continue;
    const error = isEmpty ? 'Please complete this required field.' : checkTyped(placed, str(value?.value) ?? '');
    if (error !== undefined) errors[placed.blockId] = error;
  }
  return errors;
}

function checkTyped({ type, element }: Placed, typed: string): string | undefined {
  switch (type) {
    case 'number_input':
      return checkNumber(element.is_decimal_allowed === true, element.min_value, element.max_value, typed);
    case 'plain_text_input':
      return checkLength(element.min_length, element.max_length, typed);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? undefined : 'Please enter a valid email.';
    case 'url_text_input':
      return URL.canParse(typed) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

function checkNumber(decimals: boolean, min: unknown, max: unknown, typed: string): string | undefined {
  const pattern = decimals ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(typed)) return decimals ? 'Please enter a number.' : 'Please enter a whole number.';
  if (typeof min === 'string' && Number(typed) < Number(min)) return `Please enter a number that is ${min} or more.`;
  if (typeof max === 'string' && Number(typed) > Number(max)) return `Please enter a number that is ${max} or less.`;
  return undefined;
}

function checkLength(min: unknown, max: unknown, typed: string): string | undefined {
  if (typeof min === 'number' && typed.length < min) return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && typed.length > max) return `Please enter no more than ${max} characters.`;
  return undefined;
}
