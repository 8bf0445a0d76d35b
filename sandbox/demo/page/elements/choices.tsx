import { type ReactNode, useId } from 'react';
import { TextObject } from '../blocks/text.tsx';
import { obj, objects, str, textOf } from '../json.ts';
import { type ElementProps, naming } from './element-types.ts';
import { useSetValue } from './set-value.ts';

export function RadioElement({ element, place }: ElementProps): ReactNode {
  const setValue = useSetValue(place, element);
  const name = useId();
  const chosen = str(obj(place.state?.selected_option).value);
  return (
    <div role="radiogroup" className="choices" {...naming(place)}>
      {objects(element.options).map((option) => (
        <label key={str(option.value)} className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen === str(option.value)}
            onChange={() => void setValue(str(option.value))}
          />
          <OptionText option={option} />
        </label>
      ))}
    </div>
  );
}

export function CheckboxesElement({ element, place }: ElementProps): ReactNode {
  const setValue = useSetValue(place, element);
  const chosen = objects(place.state?.selected_options).map(({ value }) => str(value));
  const toggle = (value: string): void =>
    void setValue(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  const { 'aria-required': _required, 'aria-invalid': _invalid, ...named } = naming(place) as Record<string, unknown>;
  return (
    <fieldset className="choices" {...named}>
      {objects(element.options).map((option) => (
        <label key={str(option.value)} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(str(option.value))}
            onChange={() => toggle(str(option.value))}
          />
          <OptionText option={option} />
        </label>
      ))}
    </fieldset>
  );
}

function OptionText({ option }: { option: Record<string, unknown> }): ReactNode {
  return (
    <span className="choice-text">
      <TextObject value={option.text} />
      {textOf(option.description) !== '' && (
        <small>
          <TextObject value={option.description} />
        </small>
      )}
    </span>
  );
}
