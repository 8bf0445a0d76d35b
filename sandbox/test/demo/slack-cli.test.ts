import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const hooks = JSON.parse(readFileSync(`${root}.slack/hooks.json`, 'utf8')).hooks as Record<string, string>;

it("gives Slack's own CLI the manifest, for Socket Mode and without addresses", async () => {
  const [program = '', ...args] = (hooks['get-manifest'] ?? '').split(' ');

  const { stdout } = await promisify(execFile)(program, args, { cwd: root });

  const printed = JSON.parse(stdout);
  const written = parse(readFileSync(`${root}manifest.yml`, 'utf8'));
  expect(printed.settings).toMatchObject({
    socket_mode_enabled: true,
    event_subscriptions: { bot_events: written.settings.event_subscriptions.bot_events },
  });
  expect(printed.oauth_config.scopes).toEqual(written.oauth_config.scopes);
  expect(printed.features.slash_commands[0]).toMatchObject({ command: '/fleet', should_escape: true });
  expect(stdout).not.toContain('fleet.example.com');
});

it('starts the app with the same script people use', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

  expect(hooks.start).toBe('npm run dev');
  expect(scripts.dev).toContain('sandbox/dev/main.ts');
  expect(JSON.parse(readFileSync(`${root}.slack/config.json`, 'utf8'))).toMatchObject({
    manifest: { source: 'local' },
  });
});
