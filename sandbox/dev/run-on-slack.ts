import { createAppControl } from '../demo/app-control.ts';
import { startFleet } from '../fleet/start.ts';
import { startRedis } from '../redis/start.ts';
import type { DevPlan } from './plan.ts';
import { reloadOnChange } from './reloading.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The app in a real workspace over Socket Mode. Redis and Fleet are stand-ins unless they are configured. */
export async function runOnSlack(plan: Extract<DevPlan, { kind: 'slack' }>): Promise<() => Promise<void>> {
  const redis = plan.needsRedis ? await startRedis() : null;
  const fleet = plan.needsFleet ? await startFleet() : null;
  const app = createAppControl({
    env: {
      ...plan.env,
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
      ...(fleet === null ? {} : { FLEET_API_KEY: fleet.apiKey, FLEET_API_URL: fleet.url }),
    },
    offsetMs: () => 0,
    onLine: say,
    onChange: () => {},
  });
  await app.start();
  say(`
  Fleet for Slack, in your Slack workspace over Socket Mode

  Fleet   ${fleet === null ? plan.env.FLEET_API_URL || 'the real one' : 'a stand-in, because FLEET_API_KEY is not set; its people have acme.test emails'}
  Store   ${redis === null ? 'the Redis in REDIS_URL' : 'embedded Redis in this process'}
  Reload  the app, at every change in src/
`);
  const end = reloadOnChange(app, say);
  return async () => {
    end();
    await app.stop();
    await fleet?.close();
    await redis?.close();
  };
}
