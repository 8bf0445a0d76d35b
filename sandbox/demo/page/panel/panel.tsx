import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { ExchangePicture } from '../../picture-types.ts';
import type { LivePanel } from '../live.ts';
import { Icon } from '../shell/icon.tsx';
import { AppControls } from './app-controls.tsx';
import { FleetOrders } from './fleet-orders.tsx';
import { Rules } from './rules.tsx';
import { Traffic } from './traffic.tsx';
import { TroubleSwitches } from './trouble-switches.tsx';

interface Props {
  readonly panel: LivePanel;
  /** The current person's time zone, so that the clock agrees with the messages. */
  readonly tz: string;
  readonly exchanges: readonly ExchangePicture[];
  readonly onClose: () => void;
  readonly complain: (words: string) => void;
}

const names = ['Traffic', 'Fleet', 'Trouble', 'Rules'] as const;
type Name = (typeof names)[number];

/** For developers and evaluators: what goes over the wire, what Fleet holds, and what can go wrong. */
export function Panel({ panel, tz, exchanges, onClose, complain }: Props): ReactNode {
  const [shown, setShown] = useState<Name>('Traffic');
  const tabs = useRef<HTMLDivElement>(null);
  const id = useId();
  const counts: Partial<Record<Name, number>> = {
    Fleet: panel.orders.length,
    Trouble: panel.troubles.filter(({ isOn }) => isOn).length,
    Rules: panel.violations.filter(({ severity }) => severity === 'breach').length,
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = names[(names.indexOf(shown) + step + names.length) % names.length] ?? 'Traffic';
    setShown(next);
    tabs.current?.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
  };
  return (
    <aside className="panel" aria-label="Behind the scenes">
      <header className="panel-head">
        <h2>Behind the scenes</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label="Close panel">
          <Icon name="close" />
        </button>
      </header>
      <AppControls panel={panel} tz={tz} complain={complain} />
      <div ref={tabs} className="tabs panel-tabs" role="tablist" aria-label="Behind the scenes" onKeyDown={onKey}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-tab={name}
            className="tab"
            aria-selected={shown === name}
            aria-controls={`${id}-body`}
            tabIndex={shown === name ? 0 : -1}
            onClick={() => setShown(name)}
          >
            {name}
            {(counts[name] ?? 0) > 0 && (
              <span className={name === 'Rules' ? 'count count-bad' : 'count'}>{counts[name]}</span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: makes a long list scrollable by keyboard */}
      <div className="panel-body" role="tabpanel" id={`${id}-body`} aria-labelledby={`${id}-${shown}`} tabIndex={0}>
        {shown === 'Traffic' && <Traffic tz={tz} exchanges={exchanges} log={panel.log} />}
        {shown === 'Fleet' && <FleetOrders orders={panel.orders} complain={complain} />}
        {shown === 'Trouble' && <TroubleSwitches troubles={panel.troubles} complain={complain} />}
        {shown === 'Rules' && <Rules violations={panel.violations} complain={complain} />}
      </div>
    </aside>
  );
}
