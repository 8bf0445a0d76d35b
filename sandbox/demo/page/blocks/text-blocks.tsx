import type { ReactNode } from 'react';
import { obj, objects, str, textOf } from '../json.ts';
import { numbered } from '../numbered.ts';
import type { BlockProps } from './block-types.ts';
import { Element } from './element.tsx';
import { Picture } from './image.tsx';
import { TextObject } from './text.tsx';

export function SectionBlock({ block, surface }: BlockProps): ReactNode {
  const accessory = block.accessory === undefined ? null : obj(block.accessory);
  const fields = objects(block.fields);
  return (
    <div className="block-section">
      <div className="block-section-text">
        {block.text !== undefined && <TextObject value={block.text} />}
        {fields.length > 0 && (
          <div className="block-fields">
            {numbered(fields).map(({ key, item: field }) => (
              <div key={key}>
                <TextObject value={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory !== null && (
        <div className="block-accessory">
          {accessory.type === 'image' ? (
            <Picture element={accessory} size="accessory" />
          ) : (
            <Element
              element={accessory}
              block={block}
              surface={surface}
              naming={textOf(block.text) === '' ? {} : { label: textOf(block.text) }}
            />
          )}
        </div>
      )}
    </div>
  );
}

export function HeaderBlock({ block }: BlockProps): ReactNode {
  return <h3 className="block-header">{textOf(block.text)}</h3>;
}

export function ContextBlock({ block }: BlockProps): ReactNode {
  return (
    <div className="block-context">
      {numbered(objects(block.elements)).map(({ key, item: element }) =>
        element.type === 'image' ? (
          <Picture key={key} element={element} size="small" />
        ) : (
          <div key={key}>
            <TextObject value={element} />
          </div>
        ),
      )}
    </div>
  );
}

export function DividerBlock(): ReactNode {
  return <hr className="block-divider" />;
}

const levels: Record<string, string> = { error: 'Error', warning: 'Warning', success: 'Done', info: 'Note' };

export function AlertBlock({ block }: BlockProps): ReactNode {
  const level = str(block.level) || 'info';
  return (
    <div className={`block-alert block-alert-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <strong>{levels[level] ?? 'Note'}:</strong> <TextObject value={block.text} />
    </div>
  );
}
