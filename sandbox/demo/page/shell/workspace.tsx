import { type ReactNode, useEffect, useState } from 'react';
import { useSeat } from '../context.ts';
import { Announcer } from '../messages/announcer.tsx';
import { ConfirmHost } from '../modal/confirm-host.tsx';
import { ModalLayer } from '../modal/modal-layer.tsx';
import { goTo, type Route } from '../route.ts';
import { ChannelView } from './channel-view.tsx';
import { Sidebar } from './sidebar.tsx';

/** Slack's window: what the current person sees, including modals and dialogs. */
export function Workspace({ route }: { route: Route }): ReactNode {
  const { picture } = useSeat();
  const [sidebarOpen, setSidebarOpen] = useState(false);
  const begin = picture.channels.find(({ kind }) => kind === 'public')?.id ?? picture.me.dm;
  const channel = picture.channels.find(({ id }) => id === (route.channelId || begin)) ?? picture.channels[0];
  const covered = picture.modals.length > 0;
  useEffect(() => {
    document.title = `${channel?.label ?? ''} · ${picture.me.name} · Fleet for Slack demo`;
  }, [channel?.label, picture.me.name]);
  if (channel === undefined) return null;
  return (
    <section className="workspace" aria-label={`Slack, as ${picture.me.name}`}>
      <ConfirmHost>
        <div className={sidebarOpen ? 'window window-sidebar' : 'window'} inert={covered}>
          <Sidebar
            current={channel.id}
            onGo={(channelId, tab) => {
              setSidebarOpen(false);
              goTo({ userId: picture.me.id, channelId, tab: tab ?? 'messages' });
            }}
            onClose={() => setSidebarOpen(false)}
          />
          <ChannelView
            key={channel.id}
            channel={channel}
            tab={channel.kind === 'app' ? route.tab : 'messages'}
            onMenu={() => setSidebarOpen(true)}
          />
        </div>
        <ModalLayer modals={picture.modals} />
      </ConfirmHost>
      <Announcer channelId={channel.id} />
    </section>
  );
}
