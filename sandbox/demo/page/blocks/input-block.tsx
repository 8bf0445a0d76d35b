import { type ReactNode, useId } from 'react';
import { obj, str, textOf } from '../json.ts';
import type { BlockProps } from './block-types.ts';
import { Element } from './element.tsx';

/** Label, element, hint and error, laid out as in Slack; an input not marked optional is required. */
export function InputBlock({ block, surface }: BlockProps): ReactNode {
  const id = useId();
  const label = textOf(block.label);
  const hint = textOf(block.hint);
  const error = surface.errors[str(block.block_id)];
  const isOptional = block.optional === true;
  const describedBy = [error === undefined ? '' : `${id}-error`, hint === '' ? '' : `${id}-hint`].filter(Boolean);
  return (
    <div className={error === undefined ? 'field' : 'field field-wrong'} data-block={str(block.block_id)}>
      <div className="field-label">
        <span id={`${id}-label`}>{label}</span>
        {isOptional ? (
          <span className="field-optional"> (optional)</span>
        ) : (
          <span className="field-required" aria-hidden="true" title="Required">
            {' '}
            *
          </span>
        )}
      </div>
      <Element
        element={obj(block.element)}
        block={block}
        surface={surface}
        naming={{
          isInput: true,
          isOptional,
          label,
          labelId: `${id}-label`,
          describedBy: describedBy.length === 0 ? undefined : describedBy.join(' '),
          isInvalid: error !== undefined,
        }}
      />
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint !== '' && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
