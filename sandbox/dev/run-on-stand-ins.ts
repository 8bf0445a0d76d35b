import { startDemo } from '../demo/start-demo.ts';
import type { DevPlan } from './plan.ts';
import { reloadOnChange } from './reloading.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The demo with its page served from the sources, and the app restarted at every change in src/. */
export async function runOnStandIns(plan: Extract<DevPlan, { kind: 'stand_ins' }>): Promise<() => Promise<void>> {
  const demo = await startDemo({ redisUrl: plan.redisUrl, page: 'live', onLogLine: say });
  say(`
  Fleet for Slack, against the stand-ins (${plan.why})

  Open    ${demo.url}
  Store   ${demo.store === 'embedded' ? 'embedded Redis in this process' : 'the Redis in REDIS_URL'}
  Reload  the app, at every change in src/; the page, at every change in sandbox/demo/page
`);
  const end = reloadOnChange(demo.app, say);
  return async () => {
    end();
    await demo.close();
  };
}
