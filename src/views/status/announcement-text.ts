/** To admins. Plain text: it is escaped where it is shown. */
export const channelLostNews =
  'Orders cannot be announced: the announcement channel does not take messages of Fleet for Slack. Orders themselves are not affected. Invite the app to the channel, or choose another one in /fleet settings.';
