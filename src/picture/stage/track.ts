/** The nine xenbus states as stations of a line: the full disc is the store's copy, the dashed ring the driver's own. */
import { stageWords as w } from '../../content/stage.ts';
import {
  driverSays, isDeferred, publishedState, trackSentence, unusedState,
} from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';
import type { StateTrackView } from '../../store/view.ts';
import type { Drawn } from '../frame.ts';
import { hot, TYPE } from '../parts.ts';
import { circle, path, titled, write } from '../svg.ts';
import { widthOf } from '../text.ts';
import type { Theme } from '../theme.ts';

const RADIUS = 10;

/** The track of one side in a box that begins at (x, y). */
export function track(
  side: Side, view: StateTrackView, x: number, y: number, width: number, theme: Theme,
): Drawn {
  const { published, driver } = view;
  const [own, on] = side === 'front' ? [theme.domU, theme['domU-on']] : [theme.dom0, theme['dom0-on']];
  const step = (width - 2 * RADIUS - 4) / (w.states.length - 1);
  const at = (state: number): number => x + RADIUS + 2 + state * step;
  const middle = y + RADIUS + 4;
  const ghost = isDeferred(view) ? driver : null;
  const stations = w.states.map((_, state) => {
    const here = state === published;
    const unused = unusedState(state) !== undefined;
    const disc = here
      ? circle(at(state), middle, RADIUS + 2, { fill: own })
      : circle(at(state), middle, RADIUS, {
        fill: theme.surface, stroke: theme['line-strong'], 'stroke-dasharray': unused ? '2 2.5' : undefined,
      });
    const ring = state === ghost
      ? circle(at(state), middle, RADIUS + 2.5,
        { fill: 'none', stroke: own, 'stroke-width': 2, 'stroke-dasharray': '4 3' })
      : '';
    return disc + ring + write(at(state), middle + 4, String(state), {
      size: here ? 13 : 11, bold: here, anchor: 'middle', width: 16,
      fill: here ? on : unused ? theme['ink-3'] : theme['ink-2'],
    });
  });
  const name = publishedState(view);
  const wide = Math.min(width, widthOf(name, TYPE.name));
  const base = middle + RADIUS + 19;
  const says = ghost === null ? '' : driverSays(view);
  return {
    svg: titled(trackSentence(side, view),
      view.hot ? hot({ x: x - 4, y: base - 13, width: width + 8, height: 18 }, theme) : '',
      path(`M${at(0)} ${middle}H${at(8)}`, { stroke: theme['line-strong'] }),
      ...stations,
      write(x, base, name, { ...TYPE.name, fill: view.hot ? theme['hot-ink'] : theme.ink, width }),
      write(x + width, base, says,
        { ...TYPE.small, fill: view.hot ? theme['hot-ink'] : theme['ink-2'], anchor: 'end',
          width: width - wide - 8 })),
    bottom: base + 6,
  };
}
