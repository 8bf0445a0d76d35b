import { type ChangeEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { str, textOf } from '../json.ts';
import { type ElementProps, naming } from './element-types.ts';
import { holdDraft } from './filling.ts';
import { useSetValue } from './set-value.ts';

const HOLD_MS = 160;

/** Text shows at once and goes to the server when typing pauses. */
export function TextInputElement({ element, place }: ElementProps): ReactNode {
  const typed = str(place.state?.value);
  const [draft, setDraft] = useState<string | null>(null);
  const setValue = useSetValue(place, element);
  const flush = useRef<() => void>(() => {});
  const stop = useRef<() => void>(() => {});

  const send = (value: string, enter?: boolean): void => {
    stop.current();
    void setValue(value, enter).then(() => setDraft((now) => (now === value ? null : now)));
  };
  useEffect(() => () => flush.current(), []);
  const hold = (value: string): void => {
    stop.current();
    setDraft(value);
    const timer = setTimeout(() => flush.current(), HOLD_MS);
    const release = holdDraft(() => flush.current());
    stop.current = () => {
      clearTimeout(timer);
      release();
      flush.current = () => {};
    };
    flush.current = () => send(value);
  };

  const shared = {
    className: 'input',
    value: draft ?? typed,
    placeholder: textOf(element.placeholder),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => hold(event.target.value),
    onBlur: () => flush.current(),
    'data-autofocus': element.focus_on_load === true || undefined,
    ...naming(place),
  };
  const max = typeof element.max_length === 'number' ? { maxLength: element.max_length } : {};
  if (element.multiline === true) return <textarea rows={3} {...shared} {...max} />;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') send(event.currentTarget.value, true);
  };
  return (
    <input type={kinds[str(element.type)] ?? 'text'} {...shared} {...max} onKeyDown={onKeyDown} {...limits(element)} />
  );
}

// A number field is a text field, so that invalid input is visible and gets an error message.
const kinds: Record<string, string> = { email_text_input: 'email', url_text_input: 'url' };

function limits(element: ElementProps['element']) {
  return element.type === 'number_input'
    ? { inputMode: 'numeric' as const, autoComplete: 'off' }
    : { autoComplete: 'off' };
}
