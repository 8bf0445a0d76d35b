import type { KnownBlock } from '@slack/types';
import { stateAfterRender } from '../../../sandbox/slack/elements.ts';
import type { Obj } from '../../../sandbox/slack/json.ts';
import type { FieldState, FormState } from '../../../src/views/settings/fields.ts';

/** What Slack sends of these fields: a block's id is its field's name and the revision that it shows. */
export function aForm(fields: Readonly<Record<string, FieldState>>): FormState {
  return Object.fromEntries(Object.entries(fields).map(([name, state]) => [`${name}.7`, { [name]: state }]));
}

/** What Slack sends when nobody changed anything in them. */
export function asShown(blocks: readonly KnownBlock[]): FormState {
  return stateAfterRender(
    blocks.map((block): Obj => ({ ...block })),
    {},
  );
}

/** The element of one field. */
export function fieldOf(blocks: readonly KnownBlock[], name: string) {
  return blocks.flatMap((block) =>
    block.type === 'input' && block.element.action_id === name ? [block.element] : [],
  )[0];
}
