/**
 * What one interaction costs compared to Bolt alone, as ratios within one run: `npm run bench`.
 * The target is a small multiple of Bolt's cost, and flat memory.
 */
import { App, HTTPReceiver } from '@slack/bolt';
import { startWorld } from '../test/support/world.ts';
import { type Measured, measure, median } from './measure.ts';
import { closeConnections, command } from './signed-request.ts';

const ROUNDS = 5;
const COUNT = 2_000;
const IN_FLIGHT = 16;

async function bareBolt(signingSecret: string): Promise<{ port: number; close(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret });
  const app = new App({
    receiver,
    convoStore: false,
    authorize: async () => ({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'U1' }),
  });
  app.command('/fleet', async ({ ack }) => ack());
  const server = await receiver.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: async () => void (await receiver.stop()) };
}

function line(name: string, one: Measured): string {
  const { perSecond, p50, p99, cpuMicrosecondsEach } = one;
  return `${name.padEnd(22)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  cpu ${cpuMicrosecondsEach.toFixed(0)} µs`;
}

async function main(): Promise<void> {
  const world = await startWorld();
  const port = world.instances[0]?.port ?? 0;
  const { signingSecret } = world.slack;
  const bolt = await bareBolt(signingSecret);
  const kinds = [
    { name: 'Bolt, empty handler', call: () => command(bolt.port, signingSecret, world.workspaceId, 'help') },
    { name: '/fleet help', call: () => command(port, signingSecret, world.workspaceId, 'help') },
    { name: '/fleet nonsense', call: () => command(port, signingSecret, world.workspaceId, 'ordr') },
  ];
  for (const { call } of kinds) await measure(500, IN_FLIGHT, call);
  const ratios = new Map<string, number[]>();
  const memory: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    let base = 0;
    for (const { name, call } of kinds) {
      const measured = await measure(COUNT, IN_FLIGHT, call);
      base ||= measured.cpuMicrosecondsEach;
      ratios.set(name, [...(ratios.get(name) ?? []), measured.cpuMicrosecondsEach / base]);
      process.stdout.write(`${line(name, measured)}\n`);
    }
    globalThis.gc?.();
    memory.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  process.stdout.write('\nCPU per interaction, as a multiple of Bolt alone (median of the rounds)\n');
  for (const [name, values] of ratios) process.stdout.write(`  ${name.padEnd(22)} ${median(values).toFixed(2)}\n`);
  process.stdout.write(`heap after each round, MB: ${memory.map((mb) => mb.toFixed(0)).join(' ')}\n`);
  closeConnections();
  await bolt.close();
  await world.close();
}

await main();
// The embedded Redis would keep the process.
process.exit(0);
