import { type ReactNode, useState } from 'react';
import type { ExchangePicture } from '../../picture-types.ts';
import { numbered } from '../numbered.ts';
import { ExchangeRow } from './exchange-row.tsx';

const kinds = ['Everything', 'Slack', 'Fleet', 'Log'] as const;
type Kind = (typeof kinds)[number];

interface Props {
  readonly tz: string;
  readonly exchanges: readonly ExchangePicture[];
  readonly log: readonly string[];
}

/** Every request between Slack, the app and Fleet, newest first. */
export function Traffic({ tz, exchanges, log }: Props): ReactNode {
  const [kind, setKind] = useState<Kind>('Everything');
  const shown = exchanges
    .filter(({ from, to }) => kind === 'Everything' || from === kind || to === kind)
    .slice(-150)
    .reverse();
  return (
    <>
      <fieldset className="filter">
        <legend className="sr-only">Show</legend>
        {kinds.map((name) => (
          <label key={name}>
            <input type="radio" name="traffic" checked={kind === name} onChange={() => setKind(name)} />
            <span>{name === 'Log' ? 'App log' : name}</span>
          </label>
        ))}
      </fieldset>
      {kind === 'Log' ? (
        <ol className="log">
          {numbered(log)
            .reverse()
            .map(({ key, item: line }) => (
              <li key={key}>{line}</li>
            ))}
        </ol>
      ) : (
        <ol className="traffic">
          {shown.map((exchange) => (
            <ExchangeRow key={exchange.id} exchange={exchange} tz={tz} />
          ))}
        </ol>
      )}
      {kind !== 'Log' && shown.length === 0 && <p className="faint panel-empty">No requests yet. Type a command.</p>}
    </>
  );
}
