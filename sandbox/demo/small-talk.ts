import { channels, people } from '../acme.ts';
import type { SlackWorkspace } from '../slack/start.ts';

const lines = [
  [
    people.dan,
    channels.general,
    'New here: laptops, screens and phones are ordered in Slack from today. Try `/fleet order`.',
  ],
  [people.eva, channels.general, 'No more e-mails with three people in copy?'],
  [people.dan, channels.general, 'None. Your manager gets a card with the price on it, and signs with one button.'],
  [people.clara, channels.general, 'From my phone, I hope.'],
  [people.dan, channels.general, 'From your phone.'],
  [people.eva, channels.annaEva, 'Did your new laptop come through yet?'],
] as const;

/** Without some conversation it would not look like a real workspace. Everyone has read all of it. */
export async function talk(slack: SlackWorkspace): Promise<void> {
  for (const [userId, channelId, text] of lines) await slack.person(userId).say(channelId, text);
  for (const { id } of slack.seed.people)
    for (const channelId of [channels.general, channels.annaEva]) slack.person(id).raw.read(channelId);
}
