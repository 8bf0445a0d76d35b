import type { ReactNode } from 'react';
import type { ChannelPicture } from '../../picture-types.ts';
import { useSeat } from '../context.ts';
import { Icon } from './icon.tsx';
import { ShortcutMenu } from './shortcut-menu.tsx';

interface Props {
  readonly current: string;
  readonly onGo: (channelId: string, tab?: 'home' | 'messages') => void;
  readonly onClose: () => void;
}

const groups = [
  { title: 'Channels', kinds: ['public', 'private'] },
  { title: 'Direct messages', kinds: ['dm', 'group_dm'] },
  { title: 'Apps', kinds: ['app'] },
] as const;

export function Sidebar({ current, onGo, onClose }: Props): ReactNode {
  const { picture } = useSeat();
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the close button does the same for keyboards */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the close button does the same for keyboards */}
      <div className="sidebar-veil" onClick={onClose} />
      <nav className="sidebar" aria-label="Channels and direct messages">
        <div className="sidebar-head">
          <strong>{picture.team}</strong>
          <button
            type="button"
            className="icon-button sidebar-close"
            onClick={onClose}
            aria-label="Close the channel list"
          >
            <Icon name="close" />
          </button>
        </div>
        <ShortcutMenu />
        {groups.map(({ title, kinds }) => {
          const channels = picture.channels.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
          if (channels.length === 0) return null;
          return (
            <section key={title} className="sidebar-group" aria-label={title}>
              <h2>{title}</h2>
              <ul>
                {channels.map((channel) => (
                  <li key={channel.id}>
                    <ChannelLink channel={channel} isCurrent={channel.id === current} onGo={onGo} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </nav>
    </>
  );
}

interface LinkProps {
  readonly channel: ChannelPicture;
  readonly isCurrent: boolean;
  readonly onGo: Props['onGo'];
}

function ChannelLink({ channel: { id, kind, label, unread }, isCurrent, onGo }: LinkProps): ReactNode {
  const icon = { public: 'hash', private: 'lock', app: 'laptop', dm: null, group_dm: null }[kind] as
    | 'hash'
    | 'lock'
    | 'laptop'
    | null;
  return (
    <button
      type="button"
      className={unread > 0 ? 'channel-link channel-unread' : 'channel-link'}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => onGo(id)}
    >
      {icon === null ? <span className="presence" aria-hidden="true" /> : <Icon name={icon} />}
      <span className="channel-name">{label}</span>
      {unread > 0 && (
        <span className="badge">
          {unread}
          <span className="sr-only"> unread</span>
        </span>
      )}
    </button>
  );
}
