/**
 * Two instances on one Redis under everything at once: `npx tsx bench/soak.ts [requests] [seed]`. Stops by itself; nothing
 * leaves this machine. Exit code 1 when anything came out that must not. Above 200 requests the embedded Redis is what is
 * measured: give a real one in REDIS_URL.
 */
import { soak } from '../test/soak/run-soak.ts';
import { closeWorld } from '../test/support/store-of.ts';

const [requests = 500, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);
const soaked = await soak({ requests, seed, atMostMs: 8 * 60_000 });
process.stdout.write(`seed ${seed}\n`);
for (const [name, value] of soaked.rows) process.stdout.write(`${name.padEnd(40)} ${String(value).padStart(8)}\n`);
for (const one of soaked.wrong.slice(0, 40)) process.stdout.write(`wrong: ${one}\n`);
process.exitCode = soaked.wrong.length === 0 ? 0 : 1;
await closeWorld(soaked.played.world);
