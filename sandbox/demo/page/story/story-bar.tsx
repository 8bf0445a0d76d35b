import type { ReactNode } from 'react';
import type { Story } from './use-story.ts';

/** What happens, in words, and the hand that does it. */
export function StoryBar({ story: { isRunning, caption, hand, stop } }: { story: Story }): ReactNode {
  return (
    <>
      <div className="story-live" role="status" aria-live="polite">
        {isRunning && (
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
