/**
 * `npm run dev`: the app with reload. It runs against the stand-ins in the browser or, if `.env` or the environment has
 * Slack's tokens (`slack run` sets them), in a real workspace over Socket Mode.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { devPlan } from './plan.ts';
import { runOnSlack } from './run-on-slack.ts';
import { runOnStandIns } from './run-on-stand-ins.ts';

const envFile = fileURLToPath(new URL('../../.env', import.meta.url));

async function run(): Promise<void> {
  // The environment takes precedence over the file.
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
