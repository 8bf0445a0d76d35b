/**
 * Two instances on one Redis with every fault at once: `npx tsx bench/soak.ts [requests] [seed]`. It ends on its own, and
 * nothing leaves this machine. The exit code is 1 if anything goes wrong. Above 200 requests the embedded Redis becomes
 * the bottleneck: set REDIS_URL to a real one.
 */
import { soak } from '../test/soak/run-soak.ts';

const [requests = 500, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);
const soaked = await soak({ requests, seed, atMostMs: 8 * 60_000 });
process.stdout.write(`seed ${seed}\n`);
for (const [name, value] of soaked.rows) process.stdout.write(`${name.padEnd(40)} ${String(value).padStart(8)}\n`);
for (const one of soaked.wrong.slice(0, 40)) process.stdout.write(`wrong: ${one}\n`);
process.exitCode = soaked.wrong.length === 0 ? 0 : 1;
await soaked.played.world.close();
