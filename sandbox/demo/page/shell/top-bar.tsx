import type { ReactNode } from 'react';
import type { PersonPicture } from '../../picture-types.ts';
import type { GuideState } from '../guide/use-guide.ts';
import type { Story } from '../story/use-story.ts';
import type { Theme } from '../theme.ts';
import { Cast } from './cast.tsx';
import { Icon } from './icon.tsx';

interface Props {
  readonly userId: string;
  readonly people: readonly PersonPicture[];
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly panelOpen: boolean;
  readonly onPanel: () => void;
  readonly story: Story;
  readonly guide: GuideState;
}

/** While the guide is shown, its own button is the primary one. */
function StoryButton({ story, isStrong }: { story: Story; isStrong: boolean }): ReactNode {
  const isPlaying = story.running === 'story';
  return (
    <button
      type="button"
      className={isStrong ? 'top-button top-button-strong' : 'top-button'}
      aria-pressed={isPlaying}
      title={isPlaying ? 'Stop the story' : 'Play the story'}
      disabled={story.running === 'step'}
      onClick={isPlaying ? story.stop : story.play}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} />
      <span className="top-label">{isPlaying ? 'Stop the story' : 'Play the story'}</span>
    </button>
  );
}

const themeNames: Record<Theme, string> = { system: 'system', light: 'light', dark: 'dark' };

export function TopBar({ userId, people, theme, onTheme, panelOpen, onPanel, story, guide }: Props): ReactNode {
  return (
    <header className="top-bar">
      <h1 className="brand">
        <Icon name="laptop" />
        <span>
          Fleet <span className="brand-for">for Slack</span>
        </span>
        <small>demo</small>
      </h1>
      <Cast userId={userId} people={people} />
      <div className="top-actions">
        {guide.canComeBack && (
          <button
            type="button"
            className="top-button"
            onClick={guide.bringBack}
            aria-label="First steps"
            title="First steps"
          >
            <Icon name="steps" />
          </button>
        )}
        <StoryButton story={story} isStrong={!guide.isShown} />
        <button
          type="button"
          className="top-button"
          onClick={onTheme}
          aria-label={`Theme: ${themeNames[theme]}`}
          title={`Theme: ${themeNames[theme]}`}
        >
          <Icon name={theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'half'} />
        </button>
        <button
          type="button"
          className="top-button"
          aria-pressed={panelOpen}
          onClick={onPanel}
          title="Behind the scenes"
        >
          <Icon name="panel" />
          <span className="top-label">Behind the scenes</span>
        </button>
      </div>
    </header>
  );
}
