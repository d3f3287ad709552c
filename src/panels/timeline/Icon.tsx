/** Drawn on a 16 by 16 grid, in the colour of the text. */
const shapes = {
  start: 'M3 3h2v10H3zM13 3v10L6 8z',
  'chapter-back': 'M8 3v10L2 8zM14 3v10L8 8z',
  back: 'M11 3v10L4 8z',
  play: 'M4 2.5v11L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  into: 'M5 3v10l7-5z',
  over: 'M2 9a6 6 0 0 1 11-3.3V3h1.5v5.5H9V7h3.2A4.5 4.5 0 0 0 3.5 9zM6.5 11h3v3h-3z',
  'back-over': 'M14 9A6 6 0 0 0 3 5.7V3H1.5v5.5H7V7H3.8a4.5 4.5 0 0 1 8.7 2zM6.5 11h3v3h-3z',
  out: 'M8 2l4.5 5H9v4H7V7H3.5zM3 12.5h10V14H3z',
  breakpoints: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  chapter: 'M2 3v10l6-5zM8 3v10l6-5z',
  end: 'M3 3v10l7-5zM11 3h2v10h-2z',
} as const;

export type IconName = keyof typeof shapes;

/** Beside a name, never instead of one. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[name]} fill="currentColor" />
    </svg>
  );
}
