import type { ReactNode } from 'react';
import { useSeat } from '../context.ts';
import { obj, objects, str, textOf } from '../json.ts';
import type { LivePicture } from '../live.ts';
import { Combobox } from './combobox.tsx';
import type { ElementProps, Place } from './element-types.ts';
import { useSetValue } from './set-value.ts';

interface Chosen {
  readonly value: string;
  readonly text: string;
}

/** Single selects: static, external, users, conversations and channels. */
export function SelectElement({ element, place }: ElementProps): ReactNode {
  const { picture } = useSeat();
  const setValue = useSetValue(place, element);
  const [chosen] = chosenOf(place, picture);
  return (
    <Combobox
      element={element}
      place={place}
      chosenText={chosen?.text ?? ''}
      chosenValues={chosen === undefined ? [] : [chosen.value]}
      placeholder={textOf(element.placeholder) || 'Select an item'}
      minLength={minLengthOf(element)}
      onChoose={({ value }) => void setValue(value)}
      onClear={place.isOptional ? () => void setValue('') : undefined}
    />
  );
}

export function MultiSelectElement({ element, place }: ElementProps): ReactNode {
  const { picture } = useSeat();
  const setValue = useSetValue(place, element);
  const chosen = chosenOf(place, picture);
  const values = chosen.map(({ value }) => value);
  return (
    <div className="multi">
      {chosen.map(({ value, text }) => (
        <span key={value} className="chip">
          {text}
          <button
            type="button"
            aria-label={`Remove ${text}`}
            onClick={() => void setValue(values.filter((one) => one !== value))}
          >
            ×
          </button>
        </span>
      ))}
      <Combobox
        element={element}
        place={place}
        chosenText=""
        chosenValues={values}
        placeholder={textOf(element.placeholder) || 'Select items'}
        minLength={minLengthOf(element)}
        onChoose={({ value }) => {
          if (!values.includes(value)) void setValue([...values, value]);
        }}
      />
    </div>
  );
}

const DEFAULT_MIN_QUERY = 3;

function minLengthOf({ type, min_query_length: min }: ElementProps['element']): number {
  if (!str(type).endsWith('external_select')) return 0;
  return typeof min === 'number' ? min : DEFAULT_MIN_QUERY;
}

function chosenOf({ state = {} }: Place, { people, channels }: LivePicture): Chosen[] {
  const options = [...objects(state.selected_options), ...(state.selected_option ? [obj(state.selected_option)] : [])];
  const named = (id: unknown): Chosen[] => {
    const value = str(id);
    if (value === '') return [];
    const text = people.find((one) => one.id === value)?.name ?? channels.find((one) => one.id === value)?.label;
    return [{ value, text: text ?? value }];
  };
  const several = [state.selected_users, state.selected_conversations, state.selected_channels].flatMap((ids) =>
    Array.isArray(ids) ? ids : [],
  );
  return [
    ...options.map((option) => ({ value: str(option.value), text: textOf(option.text) })),
    ...[state.selected_user, state.selected_conversation, state.selected_channel, ...several].flatMap(named),
  ];
}
