/** Icons and the mark: all drawn here on a 20 px grid with a 1.5 px stroke, in the colour of the text around. */

// Each entry is the `d` of one path; strokes only, round ends. Shapes stay inside 2..18.
const PATHS = {
  home: 'M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5v-4.5h3v4.5',
  members: 'M2.5 16.5V8l4.5 2.5V8l4.5 2.5V4.5h6v12zM14 8h1M14 11h1M6 13.5h1M10 13.5h1',
  campaigns: 'M3.5 4.5h13v12h-13zM3.5 8h13M7 2.5v3.5M13 2.5v3.5M6.5 11.5h2M11.5 11.5h2M6.5 14h2',
  fair: 'M3 8.5 4.5 3.5h11L17 8.5M3 8.5a2.3 2.3 0 0 0 4.7 0 2.3 2.3 0 0 0 4.6 0 2.3 2.3 0 0 0 4.7 0M4.5 11v5.5h11V11',
  governance:
    'M10 2.5v14M6 16.5h8M3.5 5.5h13M3.5 5.5 1.8 11a2.2 2.2 0 0 0 3.6 0zM16.5 5.5 14.6 11a2.2 2.2 0 0 0 3.6 0z',
  accounts: 'M14.5 5.8A5.5 5.5 0 1 0 14.5 14.2M3.5 8.8h7.5M3.5 11.2h6.5',
  directory:
    'M5 2.5h11.5v15H5a1.5 1.5 0 0 1-1.5-1.5V4A1.5 1.5 0 0 1 5 2.5zM2.5 7h2M2.5 13h2M8 13.5c.4-2.6 4.6-2.6 5 0M10.5 9.9a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4',
  observatory: 'M2.5 16.5h15M4.5 16.5v-4h2.5v4M8.8 16.5V8.5h2.4v8M13 16.5v-11h2.5v11M3.5 8 8 4l3 1.5 4-3',
  journal: 'M4.5 2.5h11v15h-11zM7.5 6.5h5M7.5 10h5M7.5 13.5h3',
  mail: 'M2.5 4.5h15v11h-15zM2.5 5.5 10 11l7.5-5.5',
  settings: 'M3 6h6M13 6h4M3 14h3M10 14h7M11 4v4M8 12v4',
  person: 'M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.5 17c.6-6 12.4-6 13 0',
  shield:
    'M10 2.5 16 4.7v4.6c0 4-2.6 6.7-6 8.2-3.4-1.5-6-4.2-6-8.2V4.7zM8 9.5V8.3a2 2 0 0 1 4 0v1.2M7.2 9.5h5.6v3.8H7.2z',
  search: 'M8.8 14.1a5.3 5.3 0 1 0 0-10.6 5.3 5.3 0 0 0 0 10.6M12.7 12.7l4.3 4.3',
  filter: 'M3 5h14M5.5 10h9M8.3 15h3.4',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  print: 'M6 7V2.5h8V7M6 14H3V7h14v7h-3M6 11.5h8v6H6z',
  check: 'M3.5 10.5 8 15l8.5-9.5',
  cross: 'M4.5 4.5l11 11M15.5 4.5l-11 11',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  equal: 'M4 7.5h12M4 12.5h12',
  change: 'M3.5 7h12M12.5 4 15.5 7l-3 3M16.5 13h-12M7.5 10l-3 3 3 3',
  alert: 'M10 3 18 16.5H2zM10 8v4M10 14.2v.1',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 9v5M10 6.2v.1',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M10 5.5V10l3 2',
  calendar: 'M3.5 4.5h13v12h-13zM3.5 8h13M7 2.5v3.5M13 2.5v3.5',
  right: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  left: 'M16 10H4M8.5 5.5 4 10l4.5 4.5',
  up: 'M10 16V4M5.5 8.5 10 4l4.5 4.5',
  down: 'M10 4v12M5.5 11.5 10 16l4.5-4.5',
  chevron: 'M5 7.5l5 5 5-5',
  stop: 'M5 5h10v10H5z',
  file: 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5',
  help: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M7.8 8a2.2 2.2 0 1 1 3.4 1.8c-.8.5-1.2.9-1.2 1.7M10 14v.1',
  out: 'M8 3H4v14h4M8.5 10H17M13.5 6.5 17 10l-3.5 3.5',
} as const;

/** The name of an icon of {@link Icon}. */
export type IconName = keyof typeof PATHS;

export const ICON_NAMES = Object.keys(PATHS) as readonly IconName[];

/** A 20 px icon. Without `label` it is decoration, hidden from screen readers: a word must stand beside it. */
export const Icon = ({ name, label }: { name: IconName; label?: string }) => (
  <svg
    class="icon"
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    role={label === undefined ? undefined : 'img'}
    aria-label={label}
    aria-hidden={label === undefined ? 'true' : undefined}
  >
    <path d={PATHS[name]} />
  </svg>
);

/** Centres of the six dots, 3-2-1, 10 apart on a 30 x 27 field: rows are 10 x sin 60 = 8.66 apart, as bars stack. */
export const MARK_DOTS: readonly (readonly [number, number])[] = [
  [5, 4.8],
  [15, 4.8],
  [25, 4.8],
  [10, 13.5],
  [20, 13.5],
  [15, 22.2],
];

/**
 * The mark: six dots packed 3-2-1, a bunch of grapes and a stack of billets seen from the end.
 * `filled` (0-6) fills it from the bottom dot up, as the progress of long work; without it the mark is whole.
 */
export const Mark = ({
  filled = 6,
  size = 30,
  label,
}: {
  filled?: number;
  size?: number;
  label?: string;
}) => (
  <svg
    class="mark"
    width={size}
    height={(size * 27) / 30}
    viewBox="0 0 30 27"
    role={label === undefined ? undefined : 'img'}
    aria-label={label}
    aria-hidden={label === undefined ? 'true' : undefined}
  >
    {MARK_DOTS.map(([cx, cy], i) => (
      <circle cx={cx} cy={cy} r={4.5} class={MARK_DOTS.length - i <= filled ? 'dot-full' : 'dot-empty'} />
    ))}
  </svg>
);
