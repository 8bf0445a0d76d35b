import { useCallback, useRef, useState } from 'react';
import { createHands, StoryStopped } from './hands.ts';
import { playStory } from './script.ts';

export interface Story {
  readonly isRunning: boolean;
  readonly caption: string;
  /** Where the hand points now. */
  readonly hand: { readonly x: number; readonly y: number } | null;
  readonly play: () => void;
  readonly stop: () => void;
}

export function useStory(complain: (words: string) => void): Story {
  const [caption, setCaption] = useState('');
  const [hand, setHand] = useState<Story['hand']>(null);
  const running = useRef<AbortController | null>(null);
  const [isRunning, setRunning] = useState(false);
  const stop = useCallback(() => running.current?.abort(), []);
  const play = useCallback(() => {
    if (running.current !== null) return;
    const control = new AbortController();
    running.current = control;
    setRunning(true);
    const hands = createHands(control.signal, (box) =>
      setHand(box === null ? null : { x: box.left + Math.min(box.width / 2, 90), y: box.top + box.height / 2 }),
    );
    const end = (): void => {
      running.current = null;
      setRunning(false);
      setCaption('');
      setHand(null);
    };
    playStory(hands, setCaption).then(end, (error: unknown) => {
      end();
      if (!(error instanceof StoryStopped)) complain(error instanceof Error ? error.message : 'The story broke off.');
    });
  }, [complain]);
  return { isRunning, caption, hand, play, stop };
}
