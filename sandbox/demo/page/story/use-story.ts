import { useCallback, useRef, useState } from 'react';
import { createHands, type Script, StoryStopped } from './hands.ts';
import { playStory } from './script.ts';

export interface Story {
  /** `step`: one step of the guide. */
  readonly running: 'story' | 'step' | null;
  readonly caption: string;
  /** Where the hand points. */
  readonly hand: { readonly x: number; readonly y: number } | null;
  readonly play: () => void;
  readonly playStep: (script: Script) => void;
  readonly stop: () => void;
}

export function useStory(complain: (words: string) => void): Story {
  const [caption, setCaption] = useState('');
  const [hand, setHand] = useState<Story['hand']>(null);
  const control = useRef<AbortController | null>(null);
  const [running, setRunning] = useState<Story['running']>(null);
  const stop = useCallback(() => control.current?.abort(), []);
  const run = useCallback(
    (what: 'story' | 'step', script: Script) => {
      if (control.current !== null) return;
      const own = new AbortController();
      control.current = own;
      setRunning(what);
      const hands = createHands(own.signal, (box) =>
        setHand(box === null ? null : { x: box.left + Math.min(box.width / 2, 90), y: box.top + box.height / 2 }),
      );
      const end = (): void => {
        control.current = null;
        setRunning(null);
        setCaption('');
        setHand(null);
      };
      script(hands, setCaption).then(end, (error: unknown) => {
        end();
        if (!(error instanceof StoryStopped)) complain(error instanceof Error ? error.message : 'The story stopped.');
      });
    },
    [complain],
  );
  const play = useCallback(() => run('story', playStory), [run]);
  const playStep = useCallback((script: Script) => run('step', script), [run]);
  return { running, caption, hand, play, playStep, stop };
}
