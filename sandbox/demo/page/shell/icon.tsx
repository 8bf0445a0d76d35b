import type { ReactNode } from 'react';

const paths = {
  laptop: 'M3 17h18l-1.500 2.500h-15zM6 5h12a1 1 0 0 1 1 1v9H5V6a1 1 0 0 1 1-1z',
  play: 'M7 5v14l12-7z',
  stop: 'M7 7h10v10H7z',
  sun: 'M12 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM11 2h2v3h-2zM11 19h2v3h-2zM2 11h3v2H2zM19 11h3v2h-3zM4.200 5.600l1.400-1.400 2.100 2.100-1.400 1.400zM16.300 17.700l1.400-1.400 2.100 2.100-1.400 1.400zM4.200 18.400l2.100-2.100 1.400 1.400-2.100 2.100zM16.300 6.300l2.100-2.100 1.400 1.400-2.100 2.100z',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  half: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2v14a7 7 0 0 0 0-14z',
  panel: 'M4 4h16a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm1 2v12h8V6zm10 0v12h4V6z',
  steps: 'M4 5h3v3H4zM10 5.500h10v2H10zM4 10.500h3v3H4zM10 11h10v2H10zM4 16h3v3H4zM10 16.500h10v2H10z',
  menu: 'M4 6h16v2H4zM4 11h16v2H4zM4 16h16v2H4z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  send: 'M3 5l18 7-18 7 2.500-6L14 12 5.500 11z',
  eye: 'M12 6c5 0 9 4.500 10 6-1 1.500-5 6-10 6S3 13.500 2 12c1-1.500 5-6 10-6zm0 2.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  lock: 'M7 10V8a5 5 0 0 1 10 0v2h1a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zm2 0h6V8a3 3 0 0 0-6 0z',
  hash: 'M9 3l-1 5H4v2h3.600l-.8 4H3v2h3.400L5.500 21h2l1-5h4l-1 5h2l1-5H19v-2h-4.100l.8-4H20V8h-3.900l1-5h-2l-1 5h-4l1-5zm.700 7h4l-.8 4h-4z',
  back: 'M14.500 5l1.500 1.500L10.500 12l5.500 5.500-1.500 1.500-7-7z',
  close:
    'M6.400 5L12 10.600 17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400L12 13.400 6.400 19 5 17.600 10.600 12 5 6.400z',
  bolt: 'M13 2L4 14h6l-1 8 9-12h-6z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
