import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { ViewPicture } from '../../picture-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { usePerform } from '../context.ts';
import { Icon } from '../shell/icon.tsx';
import { ModalFoot } from './modal-foot.tsx';
import { useFocusTrap } from './use-focus-trap.ts';
import { useSubmit } from './use-submit.ts';

/** The stack of modals: only the one on top is rendered, as in Slack. */
export function ModalLayer({ modals }: { modals: readonly ViewPicture[] }): ReactNode {
  const top = modals.at(-1);
  return top === undefined ? null : <Modal view={top} depth={modals.length} />;
}

function Modal({ view, depth }: { view: ViewPicture; depth: number }): ReactNode {
  const perform = usePerform();
  const dialog = useRef<HTMLDivElement>(null);
  const { submit, isBusy, trouble } = useSubmit(view, dialog);
  const trap = useFocusTrap(dialog, view.id);
  const close = (all: boolean) => (): void => void perform({ kind: 'close', viewId: view.id, all });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) close(false)();
    trap(event);
  };
  const isInField = (target: EventTarget): boolean => target instanceof HTMLInputElement && target.role !== 'combobox';
  return (
    <div className="modal-veil">
      <div
        ref={dialog}
        className="modal"
        role="dialog"
        aria-labelledby={`title-${view.id}`}
        tabIndex={-1}
        onKeyDown={onKey}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            // Slack submits with Ctrl+Enter or Cmd+Enter, never with Enter alone in a field.
            if (event.key !== 'Enter' || !isInField(event.target)) return;
            event.preventDefault();
            if ((event.ctrlKey || event.metaKey) && view.submit !== null) void submit();
          }}
        >
          <header className="modal-head">
            {depth > 1 ? (
              <button type="button" className="icon-button" onClick={close(false)} aria-label="Back">
                <Icon name="back" />
              </button>
            ) : (
              <span className="avatar avatar-app avatar-small" aria-hidden="true">
                <Icon name="laptop" />
              </span>
            )}
            <h2 id={`title-${view.id}`}>{view.title}</h2>
            <button type="button" className="icon-button" onClick={close(true)} aria-label="Close">
              <Icon name="close" />
            </button>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: makes a long form scrollable by keyboard */}
          <section className="modal-body" tabIndex={0} aria-label={view.title}>
            {trouble !== '' && (
              <p className="modal-trouble" role="alert">
                {trouble}
              </p>
            )}
            <Blocks blocks={view.blocks} surface={{ where: view.id, values: view.values, errors: view.errors }} />
          </section>
          <ModalFoot closeText={view.close} submitText={view.submit} isBusy={isBusy} onClose={close(false)} />
        </form>
      </div>
    </div>
  );
}
