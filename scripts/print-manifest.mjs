// Slack's CLI reads only JSON manifests, so this prints manifest.yml as JSON. `slack run` uses Socket Mode, where Slack
// accepts no URLs: Socket Mode is turned on and the URLs are removed.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));
const { settings, features } = manifest;
settings.socket_mode_enabled = true;
delete settings.event_subscriptions?.request_url;
delete settings.interactivity?.request_url;
delete settings.interactivity?.message_menu_options_url;
for (const command of features.slash_commands ?? []) delete command.url;
delete manifest.oauth_config?.redirect_urls;

process.stdout.write(`${JSON.stringify(manifest)}\n`);
