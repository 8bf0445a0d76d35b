import type { ReactNode } from 'react';
import type { Toast } from './use-toasts.ts';

interface Props {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: number) => void;
  readonly isConnected: boolean;
}

export function Toasts({ toasts, onDismiss, isConnected }: Props): ReactNode {
  return (
    <div className="toasts" role="status" aria-live="assertive">
      {!isConnected && (
        <div className="toast toast-bad">
          <p>
            <strong>No connection to the demo.</strong> What you see may be out of date. Is it still running in your
            terminal?
          </p>
        </div>
      )}
      {toasts.map(({ id, title, text }) => (
        <div key={id} className="toast">
          <p>
            <strong>{title}:</strong> {text}
          </p>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => onDismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
