import type { Core } from './core.ts';
import { stateAfterRender, withIds } from './elements.ts';
import { copy, type Obj, obj, str } from './json.ts';
import { judgeView } from './judge/judge.ts';
import { Refusal } from './refusal.ts';
import type { StateValues, ViewRecord } from './workspace-state.ts';

const stackDepth = 3;
const prunedEvery = 1000;

/** Refuses a view that Slack would refuse, before anything changes. */
export function checkView(core: Core, given: unknown, kind: 'modal' | 'home', self?: ViewRecord): Obj {
  const [first, ...more] = judgeView(core, given, kind);
  if (first !== undefined)
    throw new Refusal(
      first.code,
      [first, ...more].map((finding) => finding.message),
    );
  const view = obj(given);
  const externalId = str(view.external_id) ?? '';
  const isTaken = (): boolean =>
    Object.values(core.state.views).some(
      (other) => other.open && other !== self && other.view.external_id === externalId,
    );
  if (externalId !== '' && isTaken()) throw new Refusal('duplicate_external_id');
  return view;
}

/** Shows a checked view, as a new root or on top of `parent`. */
export function showModal(core: Core, userId: string, view: Obj, parent?: ViewRecord): ViewRecord {
  const stack = core.state.modals[userId] ?? [];
  if (parent === undefined) for (const id of stack) retire(core, id);
  else if (stack.length >= stackDepth) throw new Refusal('push_limit_reached');
  const id = core.ids.next('V');
  const record = createView(core, { id, userId, kind: 'modal', view, parent });
  core.state.modals[userId] = parent === undefined ? [id] : [...stack, id];
  core.changed('views.open');
  return record;
}

function createView(
  core: Core,
  from: { id: string; userId: string; kind: 'modal' | 'home'; view: Obj; parent?: ViewRecord | undefined },
): ViewRecord {
  const { id, userId, kind, view, parent } = from;
  const blocks = withIds(view.blocks, core.ids.filler);
  const values = stateAfterRender(blocks, {});
  const record: ViewRecord = {
    id,
    userId,
    kind,
    view: { ...copy(view), blocks },
    values,
    remembered: {},
    renderedValues: copy(values),
    hash: core.ids.hash(),
    rootViewId: parent?.rootViewId ?? id,
    previousViewId: parent?.id ?? null,
    open: true,
    errors: {},
    updates: 0,
  };
  core.state.views[id] = record;
  core.state.viewsMade += 1;
  if (core.state.viewsMade % prunedEvery === 0) prune(core);
  return record;
}

/** Drops old closed views so that a load test does not grow without limit. */
function prune(core: Core): void {
  for (const id of Object.keys(core.state.views).slice(0, -prunedEvery)) {
    if (core.state.views[id]?.open === false) delete core.state.views[id];
  }
}

/** Replaces what the record shows with a checked view; values that people filled in are kept by id. */
export function rerender(core: Core, record: ViewRecord, view: Obj): void {
  const blocks = withIds(view.blocks, core.ids.filler);
  // external_id is kept when an update leaves it out.
  record.view = {
    ...(record.view.external_id === undefined ? {} : { external_id: record.view.external_id }),
    ...copy(view),
    blocks,
  };
  record.remembered = withValues(record.remembered, record.values);
  record.values = stateAfterRender(blocks, record.remembered);
  record.renderedValues = copy(record.values);
  record.hash = core.ids.hash();
  record.errors = {};
  record.updates += 1;
  core.changed('views.update');
}

function withValues(remembered: StateValues, values: StateValues): StateValues {
  const all = { ...remembered };
  for (const [blockId, actions] of Object.entries(values)) all[blockId] = { ...all[blockId], ...actions };
  return all;
}

export function showHome(core: Core, userId: string, view: Obj): ViewRecord {
  const current = core.state.views[core.state.homes[userId] ?? ''];
  if (current !== undefined) {
    rerender(core, current, view);
    return current;
  }
  const id = core.ids.next('V');
  const record = createView(core, { id, userId, kind: 'home', view });
  core.state.homes[userId] = id;
  core.changed('views.publish');
  return record;
}

/** Removes one view from its stack, along with those above it. */
export function closeView(core: Core, record: ViewRecord): void {
  const stack = core.state.modals[record.userId] ?? [];
  const at = stack.indexOf(record.id);
  if (at < 0) return;
  for (const id of stack.slice(at)) retire(core, id);
  core.state.modals[record.userId] = stack.slice(0, at);
  core.changed('view closed');
}

export function closeStack(core: Core, userId: string): void {
  for (const id of core.state.modals[userId] ?? []) retire(core, id);
  core.state.modals[userId] = [];
  core.changed('views closed');
}

function retire(core: Core, id: string): void {
  const record = core.state.views[id];
  if (record !== undefined) record.open = false;
}
