import { describe, expect, it } from 'vitest';
import type { SlackChannelId } from '../../../src/domain/ids.ts';
import { announced, type Settings } from '../../../src/domain/settings/settings.ts';
import { announcementFields, readAnnouncements } from '../../../src/views/settings/announcements.ts';
import { aForm, fieldOf } from './a-form.ts';

const channel = 'C0NEWS' as SlackChannelId;
const ticked = (announcements: Settings['announcements']) => {
  const element = fieldOf(announcementFields({ announcements }, 7), 'announced');
  return element?.type === 'checkboxes' ? element.initial_options?.map(({ text }) => text.text) : undefined;
};

describe('the fields of announcements', () => {
  it('propose everything while nothing is announced, without a channel', () => {
    const [where] = announcementFields({ announcements: null }, 7);

    expect(where).toMatchObject({ label: { text: 'Announcement channel' }, optional: true });
    // Whatever channel it is: where the app may not post uninvited, it may not in a public one either.
    expect(where).toHaveProperty('hint.text', expect.stringMatching(/Invite the app to the channel first\.$/u));
    expect(where).not.toHaveProperty('element.initial_conversation');
    expect(ticked(null)).toEqual(['Ordered', 'Shipped']);
  });

  it('show what holds', () => {
    const [where] = announcementFields({ announcements: { channel, what: ['shipped'] } }, 7);

    expect(where).toHaveProperty('element.initial_conversation', channel);
    expect(ticked({ channel, what: ['shipped'] })).toEqual(['Shipped']);
    expect(ticked({ channel, what: [] })).toBeUndefined();
  });
});

describe('announcements as they are sent', () => {
  const form = (selected_conversation: string | null, ...values: string[]) =>
    aForm({
      announcement_channel: { selected_conversation },
      announced: { selected_options: values.map((value) => ({ value })) },
    });

  it('hold channel and what, in the order of an order’s life', () => {
    expect(readAnnouncements(form(channel, 'shipped', 'ordered', 'of_tomorrow'))).toEqual({
      ok: true,
      change: { announcements: { channel, what: announced } },
    });
  });

  it.each([
    ['no channel is chosen', form(null, 'ordered')],
    ['the channel is empty', form('', 'ordered')],
    ['the field is not on screen', aForm({})],
    ['nothing is ticked, with a channel that the client cannot clear', form(channel)],
  ])('end where %s', (_, sent) => {
    expect(readAnnouncements(sent)).toEqual({ ok: true, change: { announcements: null } });
  });
});
