import type { World } from '../support/world.ts';

/** Fleet: 10 % of the validates time out after Fleet has ordered, 5 % of all are 5xx, some are 429. Slack: 5 % fail. */
export function faults({ fleet, slack }: World, seed: number): void {
  fleet.faults.add({ operation: 'validateCart', kind: 'hang_after_commit', probability: 0.1, seed });
  fleet.faults.add({
    operation: 'validateCart',
    kind: 'server_error_before_commit',
    probability: 0.025,
    seed: seed + 1,
  });
  fleet.faults.add({
    operation: 'validateCart',
    kind: 'server_error_after_commit',
    probability: 0.025,
    seed: seed + 2,
  });
  fleet.faults.add({ operation: 'patchCart', kind: 'server_error_after_commit', probability: 0.05, seed: seed + 3 });
  fleet.faults.add({ operation: 'getCart', kind: 'server_error_before_commit', probability: 0.05, seed: seed + 4 });
  fleet.faults.add({ operation: '*', kind: 'rate_limited', seconds: 1, probability: 0.01, seed: seed + 5 });
  for (const [at, method] of ['chat.postMessage', 'chat.update', 'views.open', 'views.update'].entries()) {
    slack.faults.on(method, { status: 500, probability: 0.03, seed: seed + 10 + at });
    slack.faults.on(method, { status: 429, retryAfter: 1, probability: 0.02, seed: seed + 20 + at });
  }
}
