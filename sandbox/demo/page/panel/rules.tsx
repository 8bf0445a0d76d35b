import type { ReactNode } from 'react';
import type { LivePanel } from '../live.ts';
import { numbered } from '../numbered.ts';
import { usePanelAct } from './use-panel-act.ts';

interface Props {
  readonly violations: LivePanel['violations'];
  readonly complain: (words: string) => void;
}

/** Slack's rules as the stand-in enforces them: which ones the app broke, and errors a correct app may run into. */
export function Rules({ violations, complain }: Props): ReactNode {
  const { act } = usePanelAct(complain);
  if (violations.length === 0) return <p className="faint panel-empty">The app hasn't broken any of Slack's rules.</p>;
  return (
    <>
      <ul className="rules">
        {numbered(violations).map(({ key, item: { severity, rule, where, detail } }) => (
          <li key={key} className={severity === 'breach' ? 'rule rule-breach' : 'rule'}>
            <p>
              <strong>{severity === 'breach' ? 'Broken' : 'Slack answered'}</strong> <code>{rule}</code>{' '}
              <span className="faint">{where}</span>
            </p>
            <p>{detail}</p>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button button-small"
        onClick={() => void act('clear', { kind: 'clear_violations' })}
      >
        Clear list
      </button>
    </>
  );
}
