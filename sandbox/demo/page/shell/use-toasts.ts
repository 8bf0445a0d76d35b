import { useCallback, useEffect, useRef, useState } from 'react';
import type { LivePicture } from '../live.ts';

export interface Toast {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

const SHOWN_MS = 9_000;
const MOST = 3;

/** Slack's own notices to the person, and this page's errors. */
export function useToasts(picture: LivePicture | null) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const show = useCallback((title: string, text: string) => {
    count.current += 1;
    const id = count.current;
    setToasts((before) => [...before, { id, title, text }].slice(-MOST));
    setTimeout(() => setToasts((before) => before.filter((one) => one.id !== id)), SHOWN_MS);
  }, []);
  const complain = useCallback((text: string) => show('Demo', text), [show]);

  // Shows only new notices: one from an hour ago is no longer news.
  const seen = useRef<{ userId: string; at: number } | null>(null);
  useEffect(() => {
    if (picture === null) return;
    const latest = picture.notices.at(-1)?.at ?? 0;
    if (seen.current?.userId === picture.me.id)
      for (const { at, text } of picture.notices) if (at > seen.current.at) show('Slack says', text);
    seen.current = { userId: picture.me.id, at: latest };
  }, [picture, show]);

  const dismiss = useCallback((id: number) => setToasts((before) => before.filter((one) => one.id !== id)), []);
  return { toasts, complain, dismiss };
}
