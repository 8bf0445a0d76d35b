import type { ReactNode } from 'react';
import type { Story } from './use-story.ts';

interface Props {
  readonly story: Story;
  /** The captions are shown elsewhere. */
  readonly isQuiet: boolean;
}

/** The caption for what happens, and the hand that does it. */
export function StoryBar({ story: { running, caption, hand, stop }, isQuiet }: Props): ReactNode {
  return (
    <>
      <div className="story-live" role="status" aria-live="polite">
        {running !== null && !isQuiet && (
          <div className="story-bar">
            <p>{caption}</p>
            <button type="button" className="button button-small" onClick={stop}>
              Stop
            </button>
          </div>
        )}
      </div>
      {hand !== null && (
        <span className="story-hand" aria-hidden="true" style={{ transform: `translate(${hand.x}px, ${hand.y}px)` }} />
      )}
    </>
  );
}
