import type { ReactNode } from 'react';
import type { ChannelPicture } from '../../picture-types.ts';
import { useSeat } from '../context.ts';

/** The start of a channel, with what to try there. */
export function Welcome({ channel, isEmpty }: { channel: ChannelPicture; isEmpty: boolean }): ReactNode {
  const { picture } = useSeat();
  const name = channel.kind === 'public' || channel.kind === 'private' ? `#${channel.label}` : channel.label;
  return (
    <div className={isEmpty ? 'welcome' : 'welcome welcome-small'}>
      <h3>{channel.kind === 'app' ? `This is your conversation with ${name}` : `This is the beginning of ${name}`}</h3>
      <p>{hint(channel.kind, picture.me.name.split(' ')[0] ?? '')}</p>
    </div>
  );
}

function hint(kind: ChannelPicture['kind'], me: string): ReactNode {
  if (kind === 'app') return `Requests and updates for ${me} appear here.`;
  return (
    <>
      You are {me}. Type <kbd>/fleet order</kbd> below to order equipment, or <kbd>/fleet help</kbd> to see all
      commands.
    </>
  );
}
