import type { ReactNode } from 'react';
import type { PersonPicture } from '../../picture-types.ts';
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
}

const themeNames: Record<Theme, string> = { system: 'as this computer', light: 'light', dark: 'dark' };

export function TopBar({ userId, people, theme, onTheme, panelOpen, onPanel, story }: Props): ReactNode {
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
        <button
          type="button"
          className="top-button top-button-strong"
          aria-pressed={story.isRunning}
          onClick={story.isRunning ? story.stop : story.play}
        >
          <Icon name={story.isRunning ? 'stop' : 'play'} />
          <span className="top-label">{story.isRunning ? 'Stop the story' : 'Play the story'}</span>
        </button>
        <button
          type="button"
          className="top-button"
          onClick={onTheme}
          aria-label={`Colours: ${themeNames[theme]}. Change.`}
          title={`Colours: ${themeNames[theme]}`}
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
