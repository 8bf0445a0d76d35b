import { useEffect, useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';
const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

function stored(): Theme {
  const value = window.localStorage.getItem('theme');
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function useTheme(): { theme: Theme; turn: () => void } {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    window.localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return { theme, turn: () => setTheme(next[theme]) };
}
