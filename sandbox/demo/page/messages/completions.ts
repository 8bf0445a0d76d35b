import type { CommandPicture, PersonPicture } from '../../picture-types.ts';

export interface Completion {
  /** What the field contains once this is chosen. */
  readonly becomes: string;
  readonly shown: string;
  readonly detail: string;
}

/** Completions for the text before the caret: commands with their verbs, as the manifest lists them, or people. */
export function completionsFor(
  text: string,
  commands: readonly CommandPicture[],
  people: readonly PersonPicture[],
): readonly Completion[] {
  const mention = /(^|\s)@([\w.-]*)$/u.exec(text);
  if (mention !== null) return peopleFor(text, mention[2] ?? '', people);
  if (!text.startsWith('/')) return [];
  return commands.flatMap(entries).filter(({ becomes }) => {
    const typed = text.toLowerCase().trimStart();
    return becomes.trim() !== typed.trim() && becomes.toLowerCase().startsWith(typed);
  });
}

/** True if Enter sends the text, because it begins with a complete command. */
export function isWholeCommand(text: string, commands: readonly CommandPicture[]): boolean {
  const [word = ''] = text.trim().split(/\s+/u);
  return commands.some(({ command }) => command === word);
}

function entries({ command, description, usageHint }: CommandPicture): Completion[] {
  const verbs = usageHint
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return [
    { becomes: `${command} `, shown: command, detail: description },
    ...verbs.map((usage) => {
      const [verb = ''] = usage.split(' ');
      return { becomes: `${command} ${verb}${usage === verb ? '' : ' '}`, shown: `${command} ${usage}`, detail: '' };
    }),
  ];
}

function peopleFor(text: string, typed: string, people: readonly PersonPicture[]): Completion[] {
  const words = typed.toLowerCase();
  return people
    .filter(({ name, handle }) => handle.startsWith(words) || name.toLowerCase().startsWith(words))
    .filter(({ handle }) => handle !== typed)
    .slice(0, 6)
    .map(({ name, handle }) => ({
      becomes: `${text.slice(0, text.length - typed.length)}${handle} `,
      shown: `@${handle}`,
      detail: name,
    }));
}
