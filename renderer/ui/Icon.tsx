/** Line icons on a 16-unit grid, drawn with the text colour. Always beside a word, so hidden from screen readers. */
const PATHS = {
  good: 'M3 8.5l3.2 3.2L13 5',
  card: 'M1.5 3.5h13v9h-13zM4 6.5h3.5v3.5H4zM9.5 7h3.5M9.5 9.5h3.5',
  printer: 'M4 6V2.5h8V6M4 12H2V6h12v6h-2M4.5 9.5h7v4h-7z',
  keypad: 'M2.5 2.5h11v11h-11zM5.3 5.5v.4M8 5.5v.4M10.7 5.5v.4M5.3 8.3v.4M8 8.3v.4M10.7 8.3v.4M6.5 11h3',
  star: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  warning: 'M8 2l6.5 11.5h-13zM8 6.5v3.5M8 11.6v.4',
  offline:
    'M2.5 2.5l11 11M4 9a6 6 0 0 1 2-1.3M9 7.2A6 6 0 0 1 12 9M1.8 6.4A9 9 0 0 1 4 5M7 4.1a9 9 0 0 1 7.2 2.3M8 12.4v.2',
  sync: 'M13.5 7A5.6 5.6 0 0 0 3 5.5M2.5 2.5v3h3M2.5 9A5.6 5.6 0 0 0 13 10.5M13.5 13.5v-3h-3',
  here: 'M2 3h12v7.5H2zM5.5 13.5h5M8 10.5v3',
  centre: 'M2 14h12M3 14V6.5l5-4 5 4V14M6.5 14v-4h3v4',
  find: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5l3.5 3.5',
  lock: 'M3.5 7.5h9V14h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  person: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 14a5.2 5.2 0 0 1 10.4 0',
  organisation: 'M3 14V2.5h7V14M10 6h3.5v8M5.2 5h2.6M5.2 8h2.6M5.2 11h2.6',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  returned: 'M6 3L2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8V8l2.2 1.6',
  next: 'M3 8h10M9 4l4 4-4 4',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  help: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM6.2 6.3A1.8 1.8 0 1 1 8 8.2v1M8 11.3v.3',
  unknown: 'M3 8h10',
  display: 'M1.5 4h13v7.5h-13zM4 6.8h8M4 9h5',
  voice: 'M2.5 6v4H5l4 3.5v-11L5 6zM11.3 6a3 3 0 0 1 0 4M13 4.2a6 6 0 0 1 0 7.6',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="1.15em"
      height="1.15em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
