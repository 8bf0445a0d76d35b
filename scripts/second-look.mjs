// Runs each test file that failed once more, by itself. One that passes then is reported as flaky, to be mended; one that
// fails again fails. Usage: node scripts/second-look.mjs <report of failed-files.ts> [options of vitest …]
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report, ...options] = process.argv.slice(2);
const { failed, strayErrors } = readReport(report);
if (failed.length === 0 || strayErrors > 0) {
  console.log('!! this failure belongs to no test file: there is nothing to run again');
  process.exit(1);
}
const again = failed.filter((file) => !passesAlone(file));
for (const file of failed.filter((one) => !again.includes(one))) note(`flaky: ${file} failed, and passed by itself`);
for (const file of again) console.log(`!! ${file} failed twice`);
process.exit(again.length === 0 ? 0 : 1);

/** Empty where the run ended before it could report. */
function readReport(path) {
  const text = readFileSync(path, 'utf8');
  const { failed, strayErrors } = text === '' ? { failed: [], strayErrors: 0 } : JSON.parse(text);
  return { failed: failed.map((file) => relative(process.cwd(), file)), strayErrors };
}

function passesAlone(file) {
  console.log(`\n-- once more: ${file}`);
  return spawnSync('npx', ['vitest', 'run', ...options, file], { stdio: 'inherit' }).status === 0;
}

function note(line) {
  console.log(line);
  if (process.env.FLAKY_LIST) appendFileSync(process.env.FLAKY_LIST, `${line}\n`);
}
