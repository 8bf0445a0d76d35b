import { useEffect, useState } from 'react';

/** The current person and what they look at, kept in the URL so that reload and the back button work. */
export interface Route {
  readonly userId: string;
  /** Empty: the person's default view. */
  readonly channelId: string;
  readonly tab: 'messages' | 'home';
}

const FIRST = 'U0ANNA';

function read(): Route {
  const [, userId = FIRST, channelId = '', tab = ''] = window.location.hash.split('/');
  return { userId: userId || FIRST, channelId, tab: tab === 'home' ? 'home' : 'messages' };
}

export function goTo({ userId, channelId, tab }: Partial<Route> & Pick<Route, 'userId'>): void {
  const parts = [userId, channelId ?? '', ...(tab === 'home' ? ['home'] : [])];
  window.location.hash = `/${parts.join('/')}`;
}

/** The person's DM with the app. */
export function dmOf(userId: string): string {
  return `D${userId.slice(1)}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const follow = (): void => setRoute(read());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}
