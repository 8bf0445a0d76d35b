import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { actAs } from './acts.ts';
import { ClockOffset } from './clock-context.ts';
import { SeatContext } from './context.ts';
import { useLive } from './live.ts';
import { Panel } from './panel/panel.tsx';
import { useRoute } from './route.ts';
import { Toasts } from './shell/toasts.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { useF6 } from './shell/use-f6.ts';
import { useToasts } from './shell/use-toasts.ts';
import { Workspace } from './shell/workspace.tsx';
import { StoryBar } from './story/story-bar.tsx';
import { useStory } from './story/use-story.ts';
import { useTheme } from './theme.ts';

const WIDE = 1180;

export function App(): ReactNode {
  const route = useRoute();
  const live = useLive(route.userId);
  const { theme, turn } = useTheme();
  const [panelOpen, setPanelOpen] = useState(() => window.innerWidth >= WIDE);
  const { toasts, complain, dismiss } = useToasts(live.picture);
  const perform = useMemo(() => actAs(route.userId), [route.userId]);
  const story = useStory(complain);
  const seat = useMemo(
    () => (live.picture === null ? null : { picture: live.picture, perform, complain }),
    [live.picture, perform, complain],
  );
  useF6();
  const togglePanel = useCallback(() => setPanelOpen((open) => !open), []);
  return (
    <ClockOffset value={live.panel?.clockOffsetMs ?? 0}>
      <div className={panelOpen ? 'demo demo-with-panel' : 'demo'}>
        <TopBar
          userId={route.userId}
          people={live.picture?.people ?? []}
          theme={theme}
          onTheme={turn}
          panelOpen={panelOpen}
          onPanel={togglePanel}
          story={story}
        />
        <div className="stage">
          {seat === null ? (
            <p className="loading">Opening the workspace…</p>
          ) : (
            <SeatContext value={seat}>
              <Workspace key={route.userId} route={route} />
            </SeatContext>
          )}
          {panelOpen && live.panel !== null && (
            <Panel
              tz={live.picture?.me.tz ?? 'UTC'}
              panel={live.panel}
              exchanges={live.exchanges}
              onClose={togglePanel}
              complain={complain}
            />
          )}
        </div>
        <StoryBar story={story} />
        <Toasts toasts={toasts} onDismiss={dismiss} isConnected={live.isConnected} />
      </div>
    </ClockOffset>
  );
}
