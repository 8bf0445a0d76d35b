import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import nodeFetch from 'node-fetch';
import type { Fetch } from './fetch.ts';

/** node-fetch over one pool of kept connections, for every Fleet key of the process. `close` ends the idle ones. */
export function createKeepAliveFetch({ maxSockets = 16, idleSocketMs = 4_000 } = {}): {
  readonly fetch: Fetch;
  readonly close: () => void;
} {
  // An idle connection is dropped before the other side is likely to (Node's servers wait 5 s): a write on a connection
  // that was just closed over there ends as a reset, and then nobody can tell whether it was carried out.
  const options = { keepAlive: true, maxSockets, timeout: idleSocketMs };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    fetch: (url, init) =>
      nodeFetch(url, {
        ...init,
        agent: ({ protocol }) => (protocol === 'https:' ? https : http),
        // No compressed answers: they are small, and a fault in the compression would look like a lost answer.
        compress: false,
      }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}
