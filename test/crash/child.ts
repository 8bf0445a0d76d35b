/** One process of the app that kills itself at a named cut point. Told what to do by whoever forked it. */

import { type Instance, startInstance } from '../../src/app/start.ts';
import { readConfig } from '../../src/config.ts';
import { withCutPoints } from './cut-points.ts';
import type { ToChild, ToParent } from './messages.ts';

let clockAheadMs = 0;
let armed: { readonly name: string; nth: number } | null = null;
let instance: Instance | null = null;

const tell = (message: ToParent): void => {
  process.send?.(message);
};

async function step(name: string): Promise<void> {
  tell({ kind: 'step', name });
  if (armed === null || armed.name !== name) return;
  armed.nth -= 1;
  if (armed.nth > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing after this line may run.
  await new Promise<never>(() => {});
}

async function start({ env, queuePrefix, clockAheadMs: ahead }: Extract<ToChild, { kind: 'start' }>): Promise<void> {
  clockAheadMs = ahead;
  const say =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      tell({ kind: 'log', line: `${level} ${message} ${JSON.stringify(fields)}` });
  instance = await startInstance(readConfig(env), {
    log: { info: say('info'), warn: say('warn'), error: say('error') },
    now: () => Date.now() + clockAheadMs,
    queuePrefix,
    step,
    around: (workspace) => withCutPoints(workspace, step),
    takeOver: { lockMs: 4_000, checkEveryMs: 300 },
  });
  tell({ kind: 'ready', port: instance.port });
}

process.on('message', (message: ToChild) => {
  switch (message.kind) {
    case 'start':
      start(message).catch((error: unknown) => {
        tell({ kind: 'log', line: `could not start: ${String(error)}` });
        process.exit(1);
      });
      return;
    case 'arm':
      armed = message.at === null ? null : { ...message.at };
      tell({ kind: 'armed' });
      return;
    case 'clock':
      clockAheadMs = message.aheadMs;
      return;
    default:
      message satisfies never;
  }
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'loaded' });
