import { expect, it } from 'vitest';
import type { FleetProductGroupId } from '../../../src/domain/ids.ts';
import { defaultSettings } from '../../../src/domain/settings/settings.ts';
import { listOfferedProducts } from '../../../src/services/settings/screen.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { peopleWorld } from '../people/people-world.ts';

const { redis } = await redisOfFile();
const group = (id: number, name: string) => ({
  ...{ productGroupId: id as FleetProductGroupId, name, brand: null, category: null, imageUrl: null },
});

it('what can be offered is what Fleet sells in any of the countries, each once, and Fleet is not asked for each keystroke', async () => {
  const { context } = peopleWorld(redis);
  const asked: string[] = [];
  const sold = { FR: [group(1, 'Portable'), group(2, 'Desk')], US: [group(3, 'Only there'), group(1, 'Laptop')] };
  const fleet = {
    ...context.fleet,
    listProductGroups: async ({ deliveryCountry }: { readonly deliveryCountry: string }) => {
      asked.push(deliveryCountry);
      if (deliveryCountry === 'GB')
        return { ok: false, failure: { operation: 'listProductGroups', kind: 'no_answer' } };
      const items = deliveryCountry === 'FR' || deliveryCountry === 'US' ? sold[deliveryCountry] : [];
      return { ok: true, value: { items, unreadableAt: [], total: items.length, limit: 100, offset: 0 } };
    },
  } as unknown as typeof context.fleet;

  for (let typed = 0; typed < 2; typed += 1)
    expect((await listOfferedProducts({ ...context, fleet }, defaultSettings)).rows.map(({ name }) => name)).toEqual([
      ...['Portable', 'Desk', 'Only there'],
    ]);
  expect(asked.toSorted()).toEqual(defaultSettings.countries.map(({ code }) => code).toSorted());
});
