import { type Actor, checkMayAct, type Place } from '../acts/actor.ts';
import { closeByButton, closeByCross } from '../acts/close.ts';
import { byLabel, submitView } from '../acts/submit.ts';
import { str, textOf } from '../json.ts';
import type { SlackModal, SlackSurface, SlackView } from '../person-types.ts';
import type { ViewRecord } from '../workspace-state.ts';
import { createSurface, readerOf, surfaceText } from './surface.ts';

function createView(actor: Actor, record: ViewRecord): SlackView {
  const place: Place = { kind: 'view', record };
  const usable = (): void => {
    checkMayAct(actor);
    if (!record.open) throw new Error(`"${textOf(record.view.title) ?? 'this view'}" is closed`);
  };
  return withGetters(createSurface(actor, place, usable), {
    id: () => record.id,
    callbackId: () => str(record.view.callback_id) ?? '',
    privateMetadata: () => str(record.view.private_metadata) ?? '',
    hash: () => record.hash,
    isOpen: () => record.open,
  });
}

export function createHome(actor: Actor, record: ViewRecord): SlackView {
  return createView(actor, record);
}

/** A handle on one view: it reports what the view shows after updates, and whether it is closed. */
export function createModal(actor: Actor, record: ViewRecord): SlackModal {
  const place: Place = { kind: 'view', record };
  const view = withGetters(createView(actor, record), {
    title: () => textOf(record.view.title) ?? '',
    submitText: () => textOf(record.view.submit),
  });
  const usable = (): void => {
    const top = actor.core.state.modals[actor.userId]?.at(-1);
    if (!record.open) throw new Error(`"${view.title}" is closed`);
    if (top !== record.id) throw new Error(`"${view.title}" is under another modal`);
  };
  return extend(view, {
    text: () => {
      const frame = [view.title, surfaceText(place, readerOf(actor)), textOf(record.view.close), view.submitText];
      return frame.filter((line) => line !== undefined && line !== '').join('\n');
    },
    errors: () => byLabel(record, record.errors),
    async submit() {
      usable();
      return submitView(actor, record);
    },
    async close() {
      usable();
      return closeByButton(actor, record);
    },
    async closeAll() {
      usable();
      await closeByCross(actor);
    },
  });
}

type Getters<T> = { [K in keyof T]: () => T[K] };

/** Adds properties that are evaluated at each access. */
export function withGetters<S extends SlackSurface, T extends object>(surface: S, getters: Getters<T>): S & T {
  for (const name of Object.keys(getters)) {
    const get = getters[name as keyof T];
    Object.defineProperty(surface, name, { get, enumerable: true, configurable: true });
  }
  return surface as S & T;
}

export function extend<S extends object, T extends object>(surface: S, more: T): S & T {
  return Object.defineProperties(surface, Object.getOwnPropertyDescriptors(more)) as S & T;
}
