import { type ReactNode, useMemo } from 'react';
import { actAs } from './acts.ts';
import { ClockOffset } from './clock-context.ts';
import { SeatContext } from './context.ts';
import { Guide } from './guide/guide.tsx';
import { useGuide } from './guide/use-guide.ts';
import { useLive } from './live.ts';
import { Panel } from './panel/panel.tsx';
import { usePanelOpen } from './panel/use-panel-open.ts';
import { useRoute } from './route.ts';
import { Toasts } from './shell/toasts.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { useF6 } from './shell/use-f6.ts';
import { useToasts } from './shell/use-toasts.ts';
import { Workspace } from './shell/workspace.tsx';
import { StoryBar } from './story/story-bar.tsx';
import { useStory } from './story/use-story.ts';
import { useTheme } from './theme.ts';

export function App(): ReactNode {
  const route = useRoute();
  const live = useLive(route.userId);
  const people = live.people;
  const { theme, turn } = useTheme();
  const { panelOpen, togglePanel } = usePanelOpen();
  const { toasts, complain, dismiss } = useToasts(live.picture);
  const perform = useMemo(() => actAs(route.userId), [route.userId]);
  const story = useStory(complain);
  const seat = useMemo(
    () => (live.picture === null ? null : { picture: live.picture, perform, complain }),
    [live.picture, perform, complain],
  );
  const guide = useGuide(live.panel?.firstSteps ?? null);
  useF6();
  return (
    <ClockOffset value={live.panel?.clockOffsetMs ?? 0}>
      <div className={panelOpen ? 'demo demo-with-panel' : 'demo'}>
        <TopBar
          userId={route.userId}
          people={people}
          theme={theme}
          onTheme={turn}
          panelOpen={panelOpen}
          onPanel={togglePanel}
          story={story}
          guide={guide}
        />
        {guide.isShown && live.panel !== null && (
          <Guide
            firstSteps={live.panel.firstSteps}
            people={people}
            route={route}
            story={story}
            onDismiss={guide.dismiss}
            onPanel={() => {
              guide.dismiss();
              if (!panelOpen) togglePanel();
            }}
          />
        )}
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
        <StoryBar story={story} isQuiet={guide.isShown} />
        <Toasts toasts={toasts} onDismiss={dismiss} isConnected={live.isConnected} />
      </div>
    </ClockOffset>
  );
}
