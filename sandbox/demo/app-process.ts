/**
 * The real app in its own process, so that killing it in the demo is a real SIGKILL. It is wired like src/main.ts, but
 * with a clock that can be moved.
 */

import { createLog } from '../../src/app/logging.ts';
import { startInstance } from '../../src/app/start.ts';
import { readConfig } from '../../src/config.ts';
import type { FromApp, ToApp } from './app-messages.ts';

const STOP_WITHIN_MS = 5_000;

async function run(): Promise<void> {
  const config = readConfig(process.env);
  let offsetMs = Number(process.env.DEMO_CLOCK_OFFSET_MS ?? 0);
  // The demo may be killed while this process loads or starts, and then nobody else ends it.
  let stop = (): void => process.exit(0);
  if (process.connected === false) stop();
  process.once('disconnect', () => stop());
  const tell = (message: FromApp): void => void process.send?.(message);
  const instance = await startInstance(config, {
    log: createLog(config.logLevel),
    now: () => Date.now() + offsetMs,
    about: { store: process.env.DEMO_STORE ?? 'redis' },
  });
  stop = () => {
    instance.close(STOP_WITHIN_MS).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('message', (message: ToApp) => {
    if (message.kind !== 'clock') return;
    offsetMs = message.offsetMs;
    tell({ kind: 'clock_set', offsetMs });
  });
  process.once('SIGTERM', () => stop());
  // Ctrl+C reaches every process in the terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  tell({ kind: 'running', port: instance.port });
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
