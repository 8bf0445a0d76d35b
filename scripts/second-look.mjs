// Runs each test file that failed once more, by itself. One that passes then is reported as flaky, to be mended; one that
// fails again fails. Usage: node scripts/second-look.mjs <report of vitest's json reporter> [options of vitest …]
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report, ...options] = process.argv.slice(2);
const failed = failedFiles(report);
if (failed.length === 0) {
  console.log('!! it failed without a test file that did: there is nothing to look at again');
  process.exit(1);
}
const again = failed.filter((file) => !passesAlone(file));
for (const file of failed.filter((one) => !again.includes(one))) note(`flaky: ${file} failed, and passed by itself`);
for (const file of again) console.log(`!! ${file} failed twice`);
process.exit(again.length === 0 ? 0 : 1);

/** None where the run ended before it could report. */
function failedFiles(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  if (text === '') return [];
  return JSON.parse(text)
    .testResults.filter(({ status }) => status === 'failed')
    .map(({ name }) => relative(process.cwd(), name));
}

function passesAlone(file) {
  console.log(`\n-- once more: ${file}`);
  return spawnSync('npx', ['vitest', 'run', ...options, file], { stdio: 'inherit' }).status === 0;
}

function note(line) {
  console.log(line);
  if (process.env.FLAKY_LIST) appendFileSync(process.env.FLAKY_LIST, `${line}\n`);
}
