import { setTimeout as sleep } from 'node:timers/promises';
import type { Act, Delivery } from '../act-types.ts';
import type { Core } from '../core.ts';
import { accepted, post } from '../delivery.ts';
import type { Obj } from '../json.ts';
import { str } from '../json.ts';
import { eventDelivery } from '../payloads.ts';
import { notSent } from './actor.ts';

/** Sends an event the app subscribed to, and retries after a failure as often as Slack does. */
export async function sendEvent(
  core: Core,
  event: Obj,
  target?: string,
  alreadyChosen = false,
): Promise<{ first: Act; retries: Promise<Act[]> }> {
  const type = str(event.type) ?? '';
  if (!alreadyChosen && core.manifest.events !== undefined && !core.manifest.events.includes(type)) {
    return { first: notSent('event'), retries: Promise.resolve([]) };
  }
  const delivery = eventDelivery(core, event, target);
  const first = await post(core, delivery);
  return { first, retries: retry(core, delivery, first) };
}

async function retry(core: Core, delivery: Delivery, first: Act): Promise<Act[]> {
  const acts: Act[] = [];
  let last = first;
  for (const [index, delay] of core.settings.eventRetryDelaysMs.entries()) {
    if (accepted(last) || last.noRetry) break;
    try {
      await sleep(delay, undefined, { ref: false, signal: core.closing });
    } catch {
      break; // the workspace was closed in the meantime
    }
    const to = core.nextTarget() ?? delivery.target;
    last = await post(core, { ...delivery, target: to }, { retry: { num: index + 1, reason: reasonOf(last) } });
    acts.push(last);
  }
  return acts;
}

function reasonOf(act: Act): string {
  if (act.timedOut) return 'http_timeout';
  return act.status === 0 ? 'connection_failed' : 'http_error';
}
