import { scenarios } from '../../src/sim/index.ts';
import type { Config } from '../../src/sim/index.ts';
import type { Place } from '../../src/engine/protocol.ts';

/** Which part of the page a narrow one has to show, as people call it. */
export type View = 'Stage' | 'Story' | 'Lenses';

/** What somebody does on the page once it is open, by the names that they read there. */
export type Doing =
  | { readonly press: string }
  /** A button; `shows` is the name of the dialog or region that it brings. */
  | { readonly button: string; readonly shows: string }
  | { readonly lens: string };

export interface Picture {
  readonly name: string;
  readonly config: Config;
  readonly at: Place;
  readonly view: View;
  readonly doing: readonly Doing[];
}

/** Widths and heights of the pictures. */
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

export const SCHEMES = ['light', 'dark'] as const;

const { defaults } = scenarios[0]!;
const FOUR: Config = { ...defaults, txPages: 4, rxPages: 4, queues: 1 };
/** 256 ring pages on each side of the grant table. */
const MOST: Config = { ...defaults, txPages: 16, rxPages: 16, queues: 8, maxGrantFrames: 256 };

const BEGINNING: Place = { kind: 'position', position: 0 };
const step = (key: string, occurrence = 1): Place => ({ kind: 'key', key, occurrence });
/** TX is mapped, and two of the four pages of RX. */
const MAPPING = step('map_grant_ref#map_one', 6);

/** Each lens by the name of its tab, at a step at which it has much to show. */
const LENSES = [
  ['Rings', step('netback_changed#switch_to_connected')],
  ['Memory', MAPPING],
  ['Xenstore', step('talk_to_netback#transaction_end')],
  ['Grants', MAPPING],
  ['Events', step('xenvif_connect#bind_tx_port')],
  ['Log', { kind: 'chapter', chapter: 'ready' }],
  ['Choices', { kind: 'chapter', chapter: 'hotplug' }],
] as const satisfies readonly (readonly [string, Place])[];

/** Every picture, whatever its size and colours. */
export const PICTURES: readonly Picture[] = [
  { name: 'step-0', config: FOUR, at: BEGINNING, view: 'Story', doing: [] },
  { name: 'mapping', config: FOUR, at: MAPPING, view: 'Stage', doing: [] },
  { name: 'connected', config: MOST, at: BEGINNING, view: 'Stage', doing: [{ press: 'End' }] },
  ...LENSES.map(([lens, at]): Picture => ({
    name: `lens-${lens.toLowerCase()}`, config: FOUR, at, view: 'Lenses', doing: [{ lens }],
  })),
  {
    name: 'tour', config: FOUR, at: BEGINNING, view: 'Story',
    doing: [{ button: 'take the tour', shows: 'Guided tour' }],
  },
  {
    name: 'help', config: FOUR, at: BEGINNING, view: 'Stage',
    doing: [{ button: 'Help', shows: 'RingScope: help' }],
  },
];
