import { readConfig } from './config.ts';
import { startInstance } from './instance.ts';
import { createLog } from './logging.ts';

const SHUTDOWN_MS = 9_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const instance = await startInstance(config, { log });
  log.info('Fleet for Slack is listening', { port: instance.port });

  const stop = (signal: NodeJS.Signals) => {
    log.info('stopping', { signal });
    instance.close(SHUTDOWN_MS).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  // Before the log exists, and without a stack: the message names variables, never their values.
  process.stderr.write(`${error instanceof Error ? error.message : 'Fleet for Slack could not start'}\n`);
  process.exit(1);
});
