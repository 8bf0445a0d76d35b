import { readFileSync } from 'node:fs';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { registeredHandlers } from './support/recording-app.ts';

type Manifest = Exclude<AppsManifestValidateArguments['manifest'], string>;

const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
const manifest = parse(text) as Manifest;
const registered = registeredHandlers();
const of = (kind: string) =>
  registered
    .filter((one) => one.kind === kind)
    .map(({ id }) => id)
    .sort();

describe('manifest.yml is what the code registers', () => {
  it('every command, shortcut and event is listened to, and the reverse', () => {
    const { features, settings } = manifest;

    expect(features?.slash_commands?.map(({ command }) => command)).toEqual(of('command'));
    expect(features?.shortcuts?.map(({ callback_id: id }) => id)).toEqual(of('shortcut'));
    expect([...(settings?.event_subscriptions?.bot_events ?? [])].sort()).toEqual(of('event'));
  });

  it('option lists, presses and submissions have an address, since the app answers them', () => {
    expect(of('options').length).toBeGreaterThan(0);
    expect(manifest.settings?.interactivity).toMatchObject({
      is_enabled: true,
      request_url: expect.stringMatching(/^https:.*\/slack\/events$/),
      message_menu_options_url: expect.stringMatching(/^https:.*\/slack\/events$/),
    });
    expect(manifest.features?.slash_commands?.[0]?.should_escape).toBe(true);
  });

  it('asks for the scopes that its methods need, and for no other', () => {
    const { bot, ...others } = manifest.oauth_config?.scopes ?? {};

    const optional = ['chat:write.public', 'usergroups:read'];
    // Slack takes a scope as optional only if it is in both lists.
    expect([...(bot ?? [])].sort()).toEqual(
      ['chat:write', 'commands', 'users:read', 'users:read.email', ...optional].sort(),
    );
    expect([...(others.bot_optional ?? [])].sort()).toEqual(optional);
    expect(Object.keys(others)).toEqual(['bot_optional']);
  });
});

describe('Slack takes the manifest', () => {
  it('every scope and event is one that Slack knows', () => {
    // The typed manifest knows them: a wrong one in this copy of what is in the file would not compile.
    const known = {
      scopes: ['commands', 'chat:write', 'users:read', 'users:read.email', 'chat:write.public', 'usergroups:read'],
      events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked', 'user_change'],
    } as const satisfies {
      readonly scopes: readonly NonNullable<
        NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']
      >[number][];
      readonly events: readonly NonNullable<
        NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
      >[number][];
    };
    const { scopes } = manifest.oauth_config ?? {};

    expect(known.scopes).toEqual(expect.arrayContaining([...(scopes?.bot ?? [])]));
    expect(known.events).toEqual(
      expect.arrayContaining([...(manifest.settings?.event_subscriptions?.bot_events ?? [])]),
    );
  });

  it('keeps to the lengths that Slack allows', () => {
    const { display_information: shown, features } = manifest;

    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description?.length).toBeLessThanOrEqual(140);
    expect(shown.long_description?.length).toBeGreaterThanOrEqual(175);
    expect(shown.long_description?.length).toBeLessThanOrEqual(4_000);
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/i);
    expect(features?.bot_user?.display_name).toMatch(/^[a-z0-9\-_.]{1,80}$/);
    for (const { command, description, usage_hint: hint } of features?.slash_commands ?? []) {
      expect(command).toMatch(/^\/\S{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2_000);
      expect(hint?.length ?? 0).toBeLessThanOrEqual(1_000);
    }
    for (const { name, description } of features?.shortcuts ?? []) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('holds no field that only Slack itself may set', () => {
    expect(manifest.settings).not.toHaveProperty('is_hosted');
    expect(Object.keys(manifest).sort()).toEqual(
      ['_metadata', 'display_information', 'features', 'oauth_config', 'settings'].sort(),
    );
  });
});
