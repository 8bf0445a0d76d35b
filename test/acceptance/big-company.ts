import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalEntry } from '../../sandbox/fleet/journal.ts';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import type { SlackPerson, SlackSeed } from '../../sandbox/slack/start.ts';
import type { InstanceOptions } from '../../src/app/workspace.ts';
import { startWorld, type World } from '../support/world.ts';
import { knownBefore, placedFromHere } from './placed-from-here.ts';

export const USERS = 10_000;
const FIRST = 101;
const LATE = { timeoutMs: 120_000 } as const;

/** How long one person waited, in milliseconds. */
export interface Waited {
  readonly form: number;
  readonly added: number;
}

export interface BigCompanyOptions extends Pick<Partial<InstanceOptions>, 'around'> {
  readonly directory: 'empty' | 'loaded';
  readonly pollSeconds?: number;
}

/**
 * 10,000 people in Fleet (a hundred and twenty of them acting in Slack), 300 product groups and 2,000 orders under way
 * that were placed from here, on one key with 100 requests a minute.
 */
export async function bigCompany({ directory, pollSeconds = 30, ...instance }: BigCompanyOptions) {
  const seed = aSeed({ users: USERS, productGroups: 300, openOrders: 2_000 });
  const world = await startWorld({
    ...{ fleet: { seed, requestsPerMinute: 100 }, slackSeed: withStaff, directory: false, instances: 0 },
    env: { FLEET_REQUESTS_PER_MINUTE: '100', FLEET_STATUS_POLL_SECONDS: String(pollSeconds) },
    instance,
  });
  await placedFromHere(world);
  if (directory === 'loaded') await knownBefore(world, seed.users);
  await world.addInstance();
  let next = 0;
  let completeAt: number | null = null;
  const watch = setInterval(() => {
    if (world.logged.some(({ message }) => message === 'the directory is complete')) completeAt ??= Date.now();
  }, 100);
  return {
    world,
    /** So many people at once, none of whom has ordered before: the form, one device, **Add to cart**. */
    order: (count: number): Promise<Waited[]> => {
      const from = next;
      next += count;
      return Promise.all(Array.from({ length: count }, (_, index) => orderOne(world, idOf(from + index))));
    },
    /** One more person, who opens their cart three times a second until they are stopped; how often they did. */
    flood: () => {
      const person = world.slack.person(idOf(STAFF - 1));
      let typed = 0;
      let isOver = false;
      const typing = (async () => {
        for (; !isOver; typed += 1) {
          await person.command('/fleet cart');
          await sleep(333);
        }
      })();
      return {
        stop: async (): Promise<number> => {
          isOver = true;
          await typing;
          return typed;
        },
      };
    },
    wait: async (until: number) => sleep(Math.max(0, until - Date.now())),
    /** Read whole, for the first time since the start; null: not yet. */
    completeAt: () => completeAt,
    close: async (options?: Parameters<World['close']>[0]) => {
      clearInterval(watch);
      await world.close(options);
    },
  };
}

/** Of those who act in Slack, the last one orders nothing. */
const STAFF = 120;
const numberOf = (index: number): number => FIRST + index * 80;
const idOf = (index: number): string => `U0P${numberOf(index)}`;
export const isOfFlood = ({ query }: JournalEntry): boolean => query.purchaser_id === String(numberOf(STAFF - 1));

/** Spread over the whole of Fleet's list: the last of them are on its last page. */
function withStaff(seed: SlackSeed): SlackSeed {
  const employees = Array.from({ length: STAFF }, (_, index) => {
    const number = numberOf(index);
    const about = { name: `person${number}`, realName: `Person${number} Staff${number}` };
    return { id: idOf(index), ...about, email: `person.${number}@acme.test`, tz: 'Europe/Paris', locale: 'fr-FR' };
  });
  return { ...seed, people: [...seed.people, ...employees] };
}

async function orderOne({ slack }: World, id: string): Promise<Waited> {
  const person: SlackPerson = slack.person(id);
  const startedAt = performance.now();
  await person.command('/fleet order');
  const form = await slack.until(
    () => {
      const modal = person.modal();
      return modal?.hasField('Product') ? modal : null;
    },
    { what: `the form of ${id}`, timeoutMs: 420_000 },
  );
  const formAt = performance.now();
  await form.selectSearched('Product', 'ultrasharp', 'UltraSharp 27');
  await slack.until(() => form.text().includes('€19.90'), { what: `a price for ${id}`, ...LATE });
  await form.submit();
  await slack.until(() => person.modal()?.title === 'Your cart', { what: `the cart of ${id}`, ...LATE });
  return { form: Math.round(formAt - startedAt), added: Math.round(performance.now() - formAt) };
}
