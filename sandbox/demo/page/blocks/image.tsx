import type { ReactNode } from 'react';
import type { Obj } from '../../picture-types.ts';
import { str, textOf } from '../json.ts';
import type { BlockProps } from './block-types.ts';

/** No request leaves this machine, so a catalog picture is drawn as a placeholder with its alt text. */
export function Picture({ element, size }: { element: Obj; size: 'small' | 'accessory' | 'large' }): ReactNode {
  const url = str(element.image_url);
  const words = str(element.alt_text);
  if (url.startsWith('data:')) return <img className={`picture picture-${size}`} src={url} alt={words} />;
  return (
    <span className={`picture picture-${size}`} role="img" aria-label={words} title={url}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M6 21h20l-2 3H8zM9 9h14a1 1 0 0 1 1 1v9H8v-9a1 1 0 0 1 1-1z" fill="currentColor" />
      </svg>
    </span>
  );
}

export function ImageBlock({ block }: BlockProps): ReactNode {
  const title = textOf(block.title);
  return (
    <figure className="block-image">
      {title !== '' && <figcaption>{title}</figcaption>}
      <Picture element={block} size="large" />
    </figure>
  );
}
