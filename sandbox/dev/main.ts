/**
 * `npm run dev`: the app with reload. Against the stand-ins in the browser, or, with Slack's tokens in `.env` or in the
 * environment (`slack run` sets them), against a real workspace by Socket Mode.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { devPlan } from './plan.ts';
import { runOnSlack } from './run-on-slack.ts';
import { runOnStandIns } from './run-on-stand-ins.ts';

const envFile = fileURLToPath(new URL('../../.env', import.meta.url));

async function run(): Promise<void> {
  // What is in the environment already wins over the file.
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const plan = devPlan(process.env);
  const close = plan.kind === 'stand_ins' ? await runOnStandIns(plan) : await runOnSlack(plan);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

run().catch((error: unknown) => {
  process.stderr.write(`\nnpm run dev: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
