import { type ReactNode, useEffect } from 'react';
import type { ChannelPicture } from '../../picture-types.ts';
import { usePerform, useSeat } from '../context.ts';
import { Composer } from '../messages/composer.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { goTo } from '../route.ts';
import { HomeTab } from './home-tab.tsx';
import { Icon } from './icon.tsx';

interface Props {
  readonly channel: ChannelPicture;
  readonly tab: 'messages' | 'home';
  readonly onMenu: () => void;
}

export function ChannelView({ channel, tab, onMenu }: Props): ReactNode {
  const { picture } = useSeat();
  const perform = usePerform();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `perform` is new at each render
  useEffect(() => {
    if (channel.unread > 0 && tab === 'messages') void perform({ kind: 'read', channelId: channel.id });
  }, [channel.id, channel.unread, tab]);
  const title = channel.kind === 'public' || channel.kind === 'private' ? `#${channel.label}` : channel.label;
  const elsewhere = picture.channels.reduce((sum, one) => sum + (one.id === channel.id ? 0 : one.unread), 0);
  const show = (next: 'messages' | 'home') => (): void =>
    goTo({ userId: picture.me.id, channelId: channel.id, tab: next });
  return (
    <main className="channel" aria-label={title}>
      <header className="channel-head">
        <button type="button" className="icon-button menu-button" onClick={onMenu}>
          <span className="sr-only">Open the channel list</span>
          <Icon name="menu" />
          {elsewhere > 0 && (
            <span className="badge menu-badge">
              {elsewhere}
              <span className="sr-only"> unread elsewhere</span>
            </span>
          )}
        </button>
        <h2>
          {channel.kind === 'private' && <Icon name="lock" />}
          {title}
        </h2>
        {channel.kind === 'app' && (
          <div className="tabs" role="tablist" aria-label={channel.label}>
            {(['home', 'messages'] as const).map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                className="tab"
                aria-selected={tab === name}
                onClick={show(name)}
              >
                {name === 'home' ? 'Home' : 'Messages'}
              </button>
            ))}
          </div>
        )}
      </header>
      {tab === 'home' ? (
        <HomeTab />
      ) : (
        <>
          <MessageList channel={channel} messages={picture.messages[channel.id] ?? []} />
          {channel.kind === 'app' && picture.app.isReadOnly ? (
            <p className="read-only">Sending messages to this app is turned off. Commands work in every channel.</p>
          ) : (
            <Composer channel={channel} title={title} />
          )}
        </>
      )}
    </main>
  );
}
