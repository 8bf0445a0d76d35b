import type { Core } from '../core.ts';
import { type Obj, str } from '../json.ts';
import { viewObject } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { type Trigger, triggerLifeMs } from '../tickets.ts';
import { checkView, rerender, showHome, showModal } from '../view-store.ts';
import type { ViewRecord } from '../workspace-state.ts';
import { type Methods, optional, required } from './method.ts';

export const viewMethods: Methods = {
  'views.open': { scopes: [], args: ['trigger_id', 'interactivity_pointer', 'view'], perMinute: 100, answer: open },
  'views.push': { scopes: [], args: ['trigger_id', 'interactivity_pointer', 'view'], perMinute: 100, answer: push },
  'views.update': { scopes: [], args: ['view_id', 'external_id', 'hash', 'view'], perMinute: 100, answer: update },
  'views.publish': { scopes: [], args: ['user_id', 'hash', 'view'], perMinute: 100, answer: publish },
};

function takeTrigger(core: Core, args: Obj): Trigger {
  const id = optional(args, 'trigger_id') ?? optional(args, 'interactivity_pointer');
  if (id === undefined) throw new Refusal('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
  const trigger = core.tickets.trigger(id);
  if (trigger === undefined) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (core.now() - trigger.issuedAt > triggerLifeMs) throw new Refusal('expired_trigger_id');
  return trigger;
}

function open(core: Core, args: Obj): Obj {
  const trigger = takeTrigger(core, args);
  const view = checkView(core, args.view, 'modal');
  trigger.used = true;
  return shown(core, showModal(core, trigger.userId, view));
}

function push(core: Core, args: Obj): Obj {
  const trigger = takeTrigger(core, args);
  const parent = trigger.viewId === undefined ? undefined : core.state.views[trigger.viewId];
  // Only an act inside an open modal can push another one.
  if (parent === undefined || !parent.open || parent.kind !== 'modal') throw new Refusal('invalid_trigger_id');
  const view = checkView(core, args.view, 'modal');
  const top = core.state.views[core.state.modals[trigger.userId]?.at(-1) ?? ''] ?? parent;
  const record = showModal(core, trigger.userId, view, top);
  trigger.used = true;
  return shown(core, record);
}

function update(core: Core, args: Obj): Obj {
  const record = lookUp(core, args);
  if (record === undefined || !record.open) throw new Refusal('not_found');
  checkHash(args, record);
  rerender(core, record, checkView(core, args.view, record.kind, record));
  return shown(core, record);
}

function publish(core: Core, args: Obj): Obj {
  const userId = required(args, 'user_id');
  const person = core.state.people[userId];
  if (person === undefined || person.isStranger) throw new Refusal('user_not_found');
  if (!core.manifest.homeTabEnabled) throw new Refusal('not_enabled');
  const current = core.state.views[core.state.homes[userId] ?? ''];
  if (current !== undefined) checkHash(args, current);
  else if (optional(args, 'hash') !== undefined) throw new Refusal('hash_conflict');
  return shown(core, showHome(core, userId, checkView(core, args.view, 'home', current)));
}

function lookUp(core: Core, args: Obj): ViewRecord | undefined {
  const viewId = optional(args, 'view_id');
  if (viewId !== undefined) return core.state.views[viewId];
  const externalId = required(args, 'external_id');
  return Object.values(core.state.views).find((record) => record.open && str(record.view.external_id) === externalId);
}

function checkHash(args: Obj, record: ViewRecord): void {
  const hash = optional(args, 'hash');
  if (hash !== undefined && hash !== record.hash) throw new Refusal('hash_conflict');
}

function shown(core: Core, record: ViewRecord): Obj {
  return { view: viewObject(core, record, {}) };
}
