import { createLog, logConsole } from './app/logging.ts';
import { startInstance } from './app/start.ts';
import { readConfig } from './config.ts';
import { errorName } from './domain/failures/failure.ts';
import type { Log } from './services/context.ts';

const SHUTDOWN_MS = 9_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  lastResort(log);
  logConsole(log);
  for (const warning of config.warnings) log.warn('an environment variable is probably wrong', { warning });
  const starting = startInstance(config, { log });

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    // Even if something hangs: exiting loses no accepted work, and we are given ten seconds to stop.
    setTimeout(() => process.exit(0), SHUTDOWN_MS + 500);
    starting
      // At a terminal there is no balancer to wait for.
      .then((instance) => instance.close(SHUTDOWN_MS, signal === 'SIGTERM' ? config.http.drainMs : 0))
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

/**
 * One line each, without the message, which can quote what people wrote. An unhandled rejection concerns one act. After an
 * uncaught exception the state is unknown, and other instances finish what was accepted.
 */
function lastResort(log: Log): void {
  const about = (error: unknown) => ({
    error: errorName(error),
    at:
      error instanceof Error
        ? error.stack
            ?.split('\n')
            .find((line) => line.startsWith('    at '))
            ?.trim()
        : undefined,
  });
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', about(error)));
  process.on('uncaughtException', (error) => {
    log.error('uncaught exception', about(error));
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  // Without the stack: the message names variables, never their values.
  const problem = error instanceof Error ? error.message : 'unknown';
  if (errorName(error) === 'InvalidEnvironment') process.stderr.write(`${problem}\n`);
  else createLog('error').error('Fleet for Slack could not start', { problem });
  process.exit(1);
});
