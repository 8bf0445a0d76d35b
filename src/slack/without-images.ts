import type { ModalView } from '../domain/surfaces.ts';

type Blocks = ModalView['blocks'];

/** Null: there was no image in it, so sending it again would change nothing. */
export function withoutImages(blocks: Blocks): Blocks | null {
  let found = false;
  const kept = blocks.flatMap((block): Blocks => {
    if (block.type === 'image') {
      found = true;
      return [];
    }
    if (block.type === 'section' && block.accessory?.type === 'image') {
      found = true;
      const { accessory: _image, ...rest } = block;
      return [rest];
    }
    if (block.type === 'context') {
      const elements = block.elements.filter((element) => element.type !== 'image');
      found ||= elements.length < block.elements.length;
      return elements.length === 0 ? [] : [{ ...block, elements }];
    }
    return [block];
  });
  return found ? kept : null;
}
