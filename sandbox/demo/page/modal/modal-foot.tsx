import type { ReactNode } from 'react';

interface Props {
  readonly closeText: string;
  readonly submitText: string | null;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

export function ModalFoot({ closeText, submitText, isBusy, onClose }: Props): ReactNode {
  return (
    <footer className="modal-foot">
      <button type="button" className="button button-default" onClick={onClose}>
        {submitText === null && closeText === 'Cancel' ? 'Close' : closeText}
      </button>
      {submitText !== null && (
        <button type="submit" className="button button-primary" aria-busy={isBusy} disabled={isBusy}>
          <span className="button-text">{submitText}</span>
          {isBusy && <span className="spinner" aria-hidden="true" />}
        </button>
      )}
    </footer>
  );
}
