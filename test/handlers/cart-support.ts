import { once } from 'node:events';
import type { SlackModal, SlackPerson } from '../../sandbox/slack/start.ts';
import type { OrderLine } from '../../src/domain/line.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { createWorkspaceStore } from '../../src/store/store.ts';
import { aDraft } from '../domain/a-line.ts';
import { aSeal } from '../store/support/a-store.ts';
import { isPriced } from '../support/forms.ts';
import type { World } from '../support/world.ts';

/** A cart that Fleet was not told of yet. */
export async function putDraft(world: World, slackUserId: string, lines: readonly OrderLine[]): Promise<void> {
  const redis = connectRedis(world.redisUrl, 'commands');
  await once(redis, 'ready');
  const store = createWorkspaceStore({ redis, workspaceId: world.workspaceId as never, seal: aSeal(), now: Date.now });
  const is = aDraft({ lines, fleetOrderId: null, fleetHolds: null });
  await store.commit({ draft: { slackUserId: slackUserId as never, expectedRevision: null, next: is } });
  redis.disconnect();
}

/** A modal with this title, or the failure with what stands there instead. */
export async function modalWith(world: World, person: SlackPerson, text: string): Promise<SlackModal> {
  try {
    return await world.slack.until(() => {
      const modal = person.modal();
      return modal?.text().includes(text) ? modal : undefined;
    });
  } catch {
    throw new Error(`“${text}” does not stand in:\n${person.modal()?.title} | ${person.modal()?.text()}`);
  }
}

/** The order form with a price. */
export async function pricedForm(world: World, person: SlackPerson): Promise<SlackModal> {
  return world.slack.until(() => (isPriced(person.modal()) ? person.modal() : undefined), {
    what: 'a form with a price',
  });
}

/** The form, filled in for one device as far as it can be submitted. */
export async function chosen(
  world: World,
  person: SlackPerson,
  {
    group = 'MacBook Pro 14',
    configuration = 'M4 · 16 GB · 512 GB',
    country = 'France',
  }: { readonly group?: string; readonly configuration?: string; readonly country?: string } = {},
): Promise<SlackModal> {
  const form = await world.slack.until(() => {
    const modal = person.modal();
    return modal?.hasField('Product') ? modal : undefined;
  });
  if (form.field('Delivery country').value !== country) {
    await form.select('Delivery country', country);
    await world.slack.quiet();
  }
  await form.selectSearched('Product', group, group);
  await world.slack.until(() => (form.hasField('Configuration') ? form : undefined));
  if (form.field('Configuration').value !== configuration) await form.select('Configuration', configuration);
  return pricedForm(world, person);
}

/** `/fleet order`, one device, **Add to cart**, until **Your cart** stands there. */
export async function ordered(world: World, person: SlackPerson, what: Parameters<typeof chosen>[2] = {}) {
  await person.command('/fleet order');
  const form = await chosen(world, person, what);
  await form.submit();
  return modalWith(world, person, 'Added ');
}
