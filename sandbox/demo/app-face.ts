import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    app_home: z.object({ messages_tab_read_only_enabled: z.boolean().default(false) }).optional(),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }))
      .default([]),
    shortcuts: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })).default([]),
  }),
});

/** How Slack presents the app: its name, commands and shortcuts, from manifest.yml. */
export interface AppFace {
  readonly name: string;
  /** People cannot write to the app; Slack then shows no message field in its DM. */
  readonly isReadOnly: boolean;
  readonly commands: readonly { readonly command: string; readonly description: string; readonly usageHint: string }[];
  readonly shortcuts: readonly { readonly name: string; readonly description: string }[];
}

const manifestPath = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

export function readAppFace(path = manifestPath): AppFace {
  const { display_information, features } = Manifest.parse(parse(readFileSync(path, 'utf8')));
  return {
    name: display_information.name,
    isReadOnly: features.app_home?.messages_tab_read_only_enabled ?? false,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    shortcuts: features.shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ name, description }) => ({ name, description })),
  };
}
