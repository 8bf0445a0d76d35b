import { createLog } from './app/logging.ts';
import { startInstance } from './app/start.ts';
import { readConfig } from './config.ts';
import { errorName } from './domain/failures/failure.ts';

const SHUTDOWN_MS = 9_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const starting = startInstance(config, { log });

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    // Even if something hangs: exiting loses no accepted work, and we are given ten seconds to stop.
    setTimeout(() => process.exit(0), SHUTDOWN_MS + 500);
    starting
      .then((instance) => instance.close(SHUTDOWN_MS))
      .catch((error: unknown) => {
        log.error('the shutdown was not clean', { error: errorName(error) });
      })
      .finally(() => process.exit(0));
  };
  // Before the app has started: a deployment may be cancelled.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const instance = await starting;
  log.info('Fleet for Slack is listening', { port: instance.port });
}

main().catch((error: unknown) => {
  // The log may not exist yet. Without the stack: the message names variables, never their values.
  process.stderr.write(`${error instanceof Error ? error.message : 'Fleet for Slack could not start'}\n`);
  process.exit(1);
});
