/**
 * What the app costs beside the libraries below it, and beside itself with more to remember: CPU as the operating system
 * counts it, ratios of one run, trips by the slope. The exit code is 1 if a goal is missed.
 *
 *   npm run bench [-- section …]
 */
import { cpus } from 'node:os';
import { sections } from './sections.ts';

const all = Object.keys(sections) as (keyof typeof sections)[];
const named = process.argv.slice(2);
const wanted = all.filter((name) => named.length === 0 || named.includes(name));
const unknown = named.filter((name) => !all.some((one) => one === name));
if (unknown.length > 0) throw new Error(`no such section: ${unknown.join(', ')}; there are ${all.join(', ')}`);

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const figure = (value: number): string => (Number.isInteger(value) ? `${value}` : value.toFixed(value < 10 ? 2 : 0));

print(`${cpus().length} cores, Node ${process.versions.node}\n`);
print('| goal | wanted | found | least to most | |\n|---|---|---|---|---|');
let missed = 0;
for (const name of wanted) {
  for (const { goal, wanted: limit, found, spread, isLeast, about } of await sections[name]()) {
    const isMet = isLeast ? found >= limit : found <= limit;
    if (!isMet) missed += 1;
    const range = spread === undefined ? '' : spread.map(figure).join(' – ');
    print(
      `| ${goal} | ${isLeast ? '≥' : '≤'} ${figure(limit)} | ${figure(found)} | ${range} | ${isMet ? '' : '**missed**'} |`,
    );
    if (about !== undefined) process.stderr.write(`${about}\n`);
  }
}
print(`\n${missed === 0 ? 'every goal is met' : `${missed} missed`}`);
// The embedded Redis would keep the process.
process.exit(missed === 0 ? 0 : 1);
