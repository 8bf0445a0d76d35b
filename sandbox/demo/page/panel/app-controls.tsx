import { type ReactNode, useEffect, useState } from 'react';
import type { LivePanel } from '../live.ts';
import { usePanelAct } from './use-panel-act.ts';

const HOUR = 3_600_000;
const steps = [
  { text: '+1 hour', ms: HOUR },
  { text: '+1 day', ms: 24 * HOUR },
  { text: '+1 week', ms: 7 * 24 * HOUR },
];

interface Props {
  readonly panel: LivePanel;
  readonly tz: string;
  readonly complain: (words: string) => void;
}

/** Controls for the app's process and the shared clock. */
export function AppControls({ panel, tz, complain }: Props): ReactNode {
  const { act, underWay } = usePanelAct(complain);
  const { state, pid, why } = panel.app;
  const isUp = state === 'running' || state === 'starting';
  return (
    <div className="controls">
      <div className="control">
        <p>
          <span className={`lamp lamp-${state}`} aria-hidden="true" />
          <strong>App</strong> {state}
          {pid !== null && <span className="faint"> · process {pid}</span>}
        </p>
        <div className="control-buttons">
          <button
            type="button"
            className="button button-small"
            disabled={!isUp}
            onClick={() => void act('kill', { kind: 'kill_app' })}
          >
            Kill
          </button>
          <button
            type="button"
            className="button button-small"
            aria-busy={underWay === 'restart'}
            onClick={() => void act('restart', { kind: 'restart_app' })}
          >
            {isUp ? 'Restart' : 'Start again'}
          </button>
        </div>
      </div>
      {why !== null && <pre className="control-why">{why}</pre>}
      <div className="control">
        <p>
          <strong>Clock</strong> <Clock offsetMs={panel.clockOffsetMs} tz={tz} />
        </p>
        <div className="control-buttons">
          {steps.map(({ text, ms }) => (
            <button
              key={text}
              type="button"
              className="button button-small"
              disabled={underWay !== ''}
              onClick={() => void act('clock', { kind: 'move_clock', ms })}
            >
              {text}
            </button>
          ))}
        </div>
      </div>
      <p className="faint control-note">
        Moves the clock forward for Slack, Fleet and the app. Reminders, expiry and order status checks catch up at
        once. Signatures, time-outs and Slack's three-second limit stay in real time.
      </p>
    </div>
  );
}

function Clock({ offsetMs, tz }: { offsetMs: number; tz: string }): ReactNode {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  const now = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(Date.now() + offsetMs);
  return (
    <>
      {now} <span className="faint">in {tz.split('/').at(-1)}</span>
      {offsetMs > 0 && <span className="faint"> · {(offsetMs / HOUR).toFixed(0)} h ahead</span>}
    </>
  );
}
