import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one signed slash command over a kept-alive connection; resolves with its acknowledgement time in ms. */
export function command(port: number, signingSecret: string, teamId: string, text: string): Promise<number> {
  const body = new URLSearchParams({
    command: '/fleet',
    text,
    team_id: teamId,
    user_id: 'U0ANNA',
    channel_id: 'C0GENERAL',
    api_app_id: 'A0FLEET',
    trigger_id: '1.2.3',
    response_url: 'http://127.0.0.1:9/none',
  }).toString();
  const at = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/slack/events',
        method: 'POST',
        agent,
        headers: {
          // Bolt compares the whole header: with a charset it answers 400.
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': at,
          'x-slack-signature': signature,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(performance.now() - startedAt);
          else reject(new Error(`answered ${answer.statusCode}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

export function closeConnections(): void {
  agent.destroy();
}
