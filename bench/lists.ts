import { at, fourConfigurations, inSetting, openForm, type Row, redraws } from './acts.ts';
import { cpuOf, median, quantile, timesOf } from './measure.ts';
import type { Setting, SettingOptions } from './setting.ts';

const PRODUCTS = 10_000;

/** What people read while Fleet's list is still being read. */
const LOADING = 'still loading';

/** The first pages are enough for a form, and the others come in the background: no single match is chosen until then. */
async function loaded(setting: Setting, country?: string): Promise<void> {
  const { slack, staff } = setting;
  const person = at(staff, 0);
  await openForm(setting, person, { words: '', says: 'Product' });
  if (country !== undefined) await redraws(setting, person, 'Delivery country', country);
  for (let tries = 1; ; tries += 1) {
    const options = (await person
      .modal()
      ?.search('Product', 'no such thing')
      .catch(() => undefined)) ?? [LOADING];
    if (!options.some((option) => option.includes(LOADING))) return;
    if (tries === 100) throw new Error('the products were not loaded');
    await slack.quiet(300);
  }
}

/** A search among ten thousand products. */
export async function typing(): Promise<readonly Row[]> {
  return inSetting({ staff: 32, productGroups: PRODUCTS }, async (setting) => {
    const { fleet, staff, slack } = setting;
    await loaded(setting);
    const forms = await Promise.all(staff.slice(0, 8).map((person) => openForm(setting, person)));
    const words = ['thinkpad', 'mac', 'dell', 'u', 'ultra', 'x1', 'pro 14', 'hub', 'dock', 'monitor arm'];
    const search = (index: number, lane: number) => at(forms, lane).search('Product', at(words, index));
    await timesOf(40, 1, search);
    const callsBefore = fleet.journal.entries().length;
    const single = await timesOf(200, 1, search);
    const eight = await timesOf(400, 8, search);
    const calls = fleet.journal.entries().length - callsBefore;
    const names = [...fleet.state.productGroups.values()]
      .filter(({ id }) => fleet.state.productsByGroup.get(id)?.some(({ countries }) => countries.includes('FR')))
      .map(({ name }) => name);
    const asked = Array.from({ length: 40 }, (_, index) => names[Math.floor((index * names.length) / 40)] ?? '');
    let found = 0;
    for (const name of asked) {
      const options = await at(forms, 0)
        .search('Product', name)
        .catch(() => []);
      if (options.some((option) => option.includes(name.slice(0, 20)))) found += 1;
    }
    const opened = await timesOf(32, 32, async (_, lane) => void (await openForm(setting, at(staff, lane))));
    for (const person of staff) await person.modal()?.closeAll();
    const choosing = await Promise.all(staff.map((person) => openForm(setting, person, fourConfigurations)));
    await slack.quiet(300);
    const options = at(choosing, 0).field('Configuration').options ?? [];
    const chosen = await timesOf(32, 32, (_, lane) =>
      redraws(setting, at(staff, lane), 'Configuration', at(options, 1)),
    );
    return [
      { goal: 'typing among 10,000 products: p99, ms', wanted: 20, found: quantile(single, 0.99) },
      { goal: 'typing, 8 in flight: p50, ms', wanted: 40, found: median(eight) },
      { goal: 'typing: calls of Fleet', wanted: 0, found: calls },
      { goal: 'products that are found, of 40 asked for', wanted: 40, found, isLeast: true },
      { goal: '32 open the form at once, 10,000 products: slowest, ms', wanted: 1_000, found: Math.max(...opened) },
      { goal: '32 choose at once, 10,000 products: slowest, ms', wanted: 1_000, found: Math.max(...chosen) },
    ];
  });
}

/** CPU of what people do: with many products and people against few. */
export async function growth(): Promise<readonly Row[]> {
  const measured = (options: SettingOptions) =>
    inSetting({ staff: 4, ...options }, async (setting) => {
      const { app, slack, staff } = setting;
      const settled = () => slack.quiet(120);
      await loaded(setting, 'Germany');
      await loaded(setting);
      const forms = await Promise.all(staff.map((person) => openForm(setting, person)));
      const type = (index: number, lane: number) => at(forms, lane).search('Product', at(['thinkpad', 'x1'], index));
      const name = (index: number, lane: number) => at(forms, lane).search('For', at(['ann', 'staff10', 'p'], index));
      const turns = staff.map(() => 0);
      const country = (_: number, lane: number) => {
        const turn = turns[lane] ?? 0;
        turns[lane] = turn + 1;
        return redraws(setting, at(staff, lane), 'Delivery country', at(['Germany', 'France'], turn));
      };
      const open = async (_: number, lane: number) => void (await openForm(setting, at(staff, lane)));
      const help = (_: number, lane: number) => at(staff, lane).command('/fleet help');
      const costOf = async (count: number, act: Parameters<typeof cpuOf>[2]) => {
        await cpuOf(app, { count: 40, lanes: 4, settled }, act);
        const rounds: number[] = [];
        for (let round = 0; round < 3; round += 1) rounds.push(await cpuOf(app, { count, lanes: 4, settled }, act));
        return median(rounds);
      };
      return {
        typing: await costOf(200, type),
        name: await costOf(200, name),
        country: await costOf(100, country),
        form: await costOf(100, open),
        help: await costOf(200, help),
      };
    });
  const few = await measured({ productGroups: 21 });
  const manyProducts = await measured({ productGroups: PRODUCTS });
  const manyPeople = await measured({ productGroups: 21, users: 10_000 });
  const row = (goal: string, wanted: number, many: typeof few, act: keyof typeof few): Row => {
    const about = `µs of CPU, ${act}: ${Math.round(few[act])} → ${Math.round(many[act])}`;
    return { goal, wanted, found: many[act] / few[act], about };
  };
  return [
    row('21 → 10,000 products: CPU of typing', 1.2, manyProducts, 'typing'),
    row('21 → 10,000 products: CPU of the form', 1.2, manyProducts, 'form'),
    row('21 → 10,000 products: CPU of choosing a country', 1.2, manyProducts, 'country'),
    row('100 → 10,000 people: CPU of the form', 1.1, manyPeople, 'form'),
    row('100 → 10,000 people: CPU of help', 1.1, manyPeople, 'help'),
    row('100 → 10,000 people: CPU of searching people', 1.5, manyPeople, 'name'),
  ];
}
