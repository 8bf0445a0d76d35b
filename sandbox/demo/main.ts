/** `npm run demo`: everything runs on this machine and nothing leaves it. */
import { parts } from './parts.ts';
import { startDemo } from './start-demo.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(): Promise<void> {
  const begun = performance.now();
  say('Starting Fleet for Slack on this machine …');
  const demo = await startDemo({
    ...(process.env.DEMO_PORT === undefined ? {} : { port: Number(process.env.DEMO_PORT) }),
    redisUrl: process.env.REDIS_URL,
  });
  say(banner(demo.url, demo.store, performance.now() - begun));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    say('\nStopping …');
    demo.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function banner(url: string, store: 'embedded' | 'redis', ms: number): string {
  const cast = Object.keys(parts).length;
  const kept =
    store === 'embedded'
      ? 'embedded Redis in this process; its data is lost when the demo stops'
      : 'the Redis in REDIS_URL';
  return [
    '',
    `  Fleet for Slack is ready (${(ms / 1000).toFixed(1)} s)`,
    '',
    `  Open    ${url}`,
    `  Inside  the real app, stand-ins for Slack and Fleet, ${cast} people`,
    `  Store   ${kept}`,
    '',
    '  Try     follow the first steps at the top of the page, or press “Play the story”',
    '  Stop    Ctrl+C',
    '',
  ].join('\n');
}

run().catch((error: unknown) => {
  process.stderr.write(`\nThe demo did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
