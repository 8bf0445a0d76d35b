import type { StructureFault } from './structure.ts';
import type { Node } from './walk.ts';

export type Surface = 'modal' | 'home' | 'message';

/** Blocks and elements that work only on some surfaces. Anything not listed works on every surface. */
const only: Record<string, readonly Surface[]> = {
  alert: ['modal'],
  card: ['message', 'home'],
  carousel: ['message', 'home'],
  container: ['message'],
  table: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  markdown: ['message'],
  plan: ['message'],
  task_card: ['message'],
  context_actions: ['message'],
  file: [],
  file_input: ['modal'],
};

export function surfaceFaults({ name, pointer }: Node, surface: Surface): StructureFault[] {
  const allowed = only[name];
  if (allowed === undefined || allowed.includes(surface)) return [];
  return [{ pointer: `${pointer}/type`, words: `unsupported type: ${name} (in a ${surface})` }];
}
