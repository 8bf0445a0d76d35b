import type { KnownBlock } from '@slack/types';
import { message } from './guard.ts';
import type { Message } from './surfaces.ts';
import { esc, literal, mrkdwn } from './text.ts';

export interface VerbHelp {
  readonly verb: string;
  readonly usage: string;
  readonly help: string;
}

export const helpOfHelp: VerbHelp = { verb: 'help', usage: '/fleet help', help: 'This list.' };

export function helpMessage(verbs: readonly VerbHelp[]): Message {
  const rows = [...verbs, helpOfHelp].map(({ usage, help }) => `\`${esc(usage)}\` ${esc(help)}`);
  return message('What you can do with /fleet', [
    section('*Fleet for Slack*: order, sign for and follow equipment. Only you see this.'),
    ...rows.map(section),
  ]);
}

export function unknownVerbMessage(typed: string, nearest: VerbHelp | null): Message {
  const offer =
    nearest === null
      ? 'Type `/fleet help` to see what there is.'
      : `Did you mean \`${esc(nearest.usage)}\`? ${esc(nearest.help)} Type \`/fleet help\` to see everything.`;
  const text = `There is no /fleet ${literal(typed, 50)}, so nothing was done. ${offer}`;
  return message(text, [section(text)]);
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
