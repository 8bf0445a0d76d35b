import type { ReactNode } from 'react';
import type { LivePanel } from '../live.ts';
import { usePanelAct } from './use-panel-act.ts';

interface Props {
  readonly troubles: LivePanel['troubles'];
  readonly complain: (words: string) => void;
}

/** What can go wrong around the app, and what people should then notice. */
export function TroubleSwitches({ troubles, complain }: Props): ReactNode {
  const { act } = usePanelAct(complain);
  return (
    <ul className="switches">
      {troubles.map(({ id, label, expect, isOn }) => (
        <li key={id}>
          <label className="switch">
            <input
              type="checkbox"
              role="switch"
              aria-checked={isOn}
              checked={isOn}
              onChange={() => void act(id, { kind: 'trouble', id, isOn: !isOn })}
            />
            <span className="switch-track" aria-hidden="true" />
            <span>
              {label}
              <small>{expect}</small>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
