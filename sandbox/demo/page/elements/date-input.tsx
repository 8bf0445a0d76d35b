import type { ReactNode } from 'react';
import { str } from '../json.ts';
import { type ElementProps, naming } from './element-types.ts';
import { useSetValue } from './set-value.ts';

export function DateElement({ element, place }: ElementProps): ReactNode {
  const setValue = useSetValue(place, element);
  const isTime = element.type === 'timepicker';
  const value = str(isTime ? place.state?.selected_time : place.state?.selected_date);
  return (
    <input
      type={isTime ? 'time' : 'date'}
      className="input input-short"
      value={value}
      onChange={(event) => void setValue(event.target.value)}
      {...naming(place)}
    />
  );
}

export function DateTimeElement({ element, place }: ElementProps): ReactNode {
  const setValue = useSetValue(place, element);
  const seconds = Number(place.state?.selected_date_time ?? Number.NaN);
  const value = Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(0, 16) : '';
  return (
    <input
      type="datetime-local"
      className="input input-short"
      value={value}
      onChange={(event) => void setValue(Date.parse(`${event.target.value}Z`) / 1000)}
      {...naming(place)}
    />
  );
}
