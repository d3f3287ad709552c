/** The page's colours as plain values, because a picture stands alone: those of src/app/tokens.css, which a test compares. */

const PAIRS = {
  ground: ['#f4f6f8', '#0f141a'],
  surface: ['#ffffff', '#171e26'],
  sunken: ['#f7f9fb', '#121920'],
  line: ['#dbe2e9', '#2a343f'],
  'line-strong': ['#7b8999', '#6b7d90'],
  ink: ['#17212c', '#e6ebf0'],
  'ink-2': ['#4b5b6c', '#a9b6c4'],
  'ink-3': ['#5c6c7d', '#9fadbb'],
  domU: ['#0a6e70', '#3cc3c0'],
  'domU-soft': ['#e6f3f3', '#12302f'],
  'domU-on': ['#ffffff', '#06201f'],
  dom0: ['#3f4bbd', '#a3abff'],
  'dom0-soft': ['#eceefb', '#23284a'],
  'dom0-on': ['#ffffff', '#12163a'],
  xen: ['#a85508', '#f0a04b'],
  'xen-soft': ['#fcefe3', '#37230f'],
  xenstored: ['#86379a', '#dfa0ee'],
  toolstack: ['#54657a', '#9fb0c3'],
  hot: ['#fff3c9', '#473c12'],
  'hot-edge': ['#9a6b00', '#f2c53d'],
  'hot-ink': ['#17212c', '#fdf6de'],
  bad: ['#b3261e', '#ff9a8f'],
} as const;

export type Colour = keyof typeof PAIRS;
export type Theme = Readonly<Record<Colour, string>>;
export type ThemeName = 'light' | 'dark';

function pick(place: 0 | 1): Theme {
  return Object.fromEntries(Object.entries(PAIRS).map(([name, pair]) => [name,
    pair[place]])) as Record<Colour, string>;
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = { light: pick(0), dark: pick(1) };
