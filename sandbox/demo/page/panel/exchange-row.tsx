import { type ReactNode, useState } from 'react';
import type { ExchangePicture } from '../../picture-types.ts';

const MOST = 20_000;

export function ExchangeRow({ exchange, tz }: { exchange: ExchangePicture; tz: string }): ReactNode {
  const { from, to, title, detail, status, ms, sent, answer, at, note } = exchange;
  const [isOpen, setOpen] = useState(false);
  const isBad = status === null || status === 0 || status >= 400 || note !== '';
  return (
    <li className={isBad ? 'exchange exchange-bad' : 'exchange'}>
      <button type="button" className="exchange-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={`way way-${from.toLowerCase()}-${to.toLowerCase()}`}>
          {from} → {to}
        </span>
        <span className="exchange-title">{title}</span>
        <span className="exchange-status">{status === null ? '…' : status === 0 ? 'lost' : status}</span>
        <span className="exchange-ms">{ms === null ? '' : `${Math.round(ms)} ms`}</span>
        <time className="exchange-time">{exactTime(at, tz)}</time>
        <span className="exchange-detail">{[detail, note].filter((part) => part !== '').join(' · ')}</span>
      </button>
      {isOpen && (
        <div className="exchange-body">
          <Payload name="Sent" value={sent} />
          <Payload name="Answered" value={answer} />
        </div>
      )}
    </li>
  );
}

function exactTime(at: number, timeZone: string): string {
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-GB', clock).format(at);
}

function Payload({ name, value }: { name: string; value: unknown }): ReactNode {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <>
      <h4>{name}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: makes a long payload scrollable by keyboard */}
      <pre tabIndex={0}>
        {text.length > MOST ? `${text.slice(0, MOST)}\n… ${text.length - MOST} more characters` : text}
      </pre>
    </>
  );
}
