import { channels, people } from '../acme.ts';
import type { SlackWorkspace } from '../slack/start.ts';

const lines = [
  [people.dan, channels.general, 'From today you can order laptops, screens and phones in Slack. Try `/fleet order`.'],
  [people.eva, channels.general, 'So no more emails with three people on copy?'],
  [people.dan, channels.general, 'None. Your manager gets a card with the price and approves it with one button.'],
  [people.clara, channels.general, 'From my phone, I hope.'],
  [people.dan, channels.general, 'From your phone.'],
  [people.eva, channels.annaEva, 'Has your new laptop arrived yet?'],
] as const;

/** Without some conversation it would not look like a real workspace. Everyone has read all of it. */
export async function talk(slack: SlackWorkspace): Promise<void> {
  for (const [userId, channelId, text] of lines) await slack.person(userId).say(channelId, text);
  for (const { id } of slack.seed.people)
    for (const channelId of [channels.general, channels.annaEva]) slack.person(id).raw.read(channelId);
}
