import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { bool, list, obj, objects, str } from './json.ts';

/** What the stand-in reads from an app manifest. */
export interface ManifestSeed {
  scopes?: string[];
  commands?: { command: string; shouldEscape: boolean }[];
  shortcuts?: { name: string; callbackId: string; type?: 'global' | 'message' }[];
  events?: string[];
  homeTabEnabled?: boolean;
  messagesTabEnabled?: boolean;
  optionsUrlSet?: boolean;
}

/** `commands`, `shortcuts` and `events` are undefined if no manifest lists them; then all are accepted. */
export interface Manifest {
  scopes: string[];
  commands: { command: string; shouldEscape: boolean }[] | undefined;
  shortcuts: { name: string; callbackId: string }[] | undefined;
  events: string[] | undefined;
  homeTabEnabled: boolean;
  messagesTabEnabled: boolean;
  optionsUrlSet: boolean;
}

const defaultScopes = ['commands', 'chat:write', 'users:read', 'users:read.email', 'im:write'];
const readBefore = new Map<string, ManifestSeed>();
const repositoryManifest = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

export function loadManifest(given: ManifestSeed | undefined, path: string | undefined): Manifest {
  const file = path ?? repositoryManifest;
  const seed = given ?? (existsSync(file) ? manifestIn(readFileSync(file, 'utf8')) : {});
  return {
    scopes: seed.scopes ?? defaultScopes,
    commands: seed.commands,
    shortcuts: seed.shortcuts,
    events: seed.events,
    homeTabEnabled: seed.homeTabEnabled ?? true,
    messagesTabEnabled: seed.messagesTabEnabled ?? true,
    optionsUrlSet: seed.optionsUrlSet ?? true,
  };
}

/** A test process starts hundreds of workspaces with one manifest. */
function manifestIn(yaml: string): ManifestSeed {
  const seed = readBefore.get(yaml) ?? readManifest(yaml);
  readBefore.set(yaml, seed);
  return seed;
}

function readManifest(yaml: string): ManifestSeed {
  const manifest = obj(parse(yaml));
  const features = obj(manifest.features);
  const scopes = obj(obj(manifest.oauth_config).scopes);
  const settings = obj(manifest.settings);
  const home = obj(features.app_home);
  const socketMode = bool(settings.socket_mode_enabled);
  return {
    // Whoever installs the app may decline the optional ones, and here they did.
    scopes: strings(scopes.bot).filter((scope) => !strings(scopes.bot_optional).includes(scope)),
    commands: objects(features.slash_commands).map((one) => ({
      command: str(one.command) ?? '',
      shouldEscape: bool(one.should_escape),
    })),
    shortcuts: objects(features.shortcuts)
      .filter((one) => one.type === 'global')
      .map((one) => ({ name: str(one.name) ?? '', callbackId: str(one.callback_id) ?? '' })),
    events: strings(obj(settings.event_subscriptions).bot_events),
    homeTabEnabled: bool(home.home_tab_enabled),
    messagesTabEnabled: bool(home.messages_tab_enabled),
    optionsUrlSet: socketMode || str(obj(settings.interactivity).message_menu_options_url) !== undefined,
  };
}

function strings(value: unknown): string[] {
  return list(value).filter((one): one is string => typeof one === 'string');
}
