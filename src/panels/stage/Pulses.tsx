import { useEffect, useRef } from 'react';
import { useMedia } from '../../parts/use-media.ts';
import { afterLayout } from '../../store/after-layout.ts';
import type { PulseView } from '../../store/view.ts';
import { useStage } from './store.ts';
import css from './wires.module.css';

const TAKES_MS = 400;
const RADIUS = 4;
/** So many fly at once: more would be a swarm that says nothing. */
const MOST = 6;

/** Where a pulse begins and ends, as selectors within the stage. */
function endsOf(pulse: PulseView): [from: string, to: string] {
  if (pulse.kind === 'watch') {
    return [`[data-path="${pulse.path}"]`, pulse.to === 'toolstack' ? '[data-place=toolstack]' : `[data-place=${pulse.to}] h3`];
  }
  const own = `[data-port="${pulse.dom}:${pulse.port}"]`;
  return [own, `li:has(${own}) [data-port]:not(${own})`];
}

/** Lets a dot fly from one place of the plane to the other. */
function fly(plane: SVGSVGElement, pulse: PulseView): Animation | null {
  const stage = plane.parentElement;
  const [from, to] = endsOf(pulse).map((selector) => stage?.querySelector(selector)?.getBoundingClientRect());
  if (from === undefined || to === undefined) return null;
  const { left, top, width } = plane.getBoundingClientRect();
  const scale = width / plane.clientWidth;
  const at = (box: DOMRect): [number, number] =>
    [(box.left + box.width / 2 - left) / scale, (box.top + box.height / 2 - top) / scale];
  const [x0, y0] = at(from);
  const [x1, y1] = at(to);
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('r', String(RADIUS));
  dot.setAttribute('class', css.pulse ?? '');
  dot.dataset['kind'] = pulse.kind;
  plane.append(dot);
  const flight = dot.animate(
    [
      { transform: `translate(${x0}px, ${y0}px)`, opacity: 1 },
      { transform: `translate(${x1}px, ${y1}px)`, opacity: 1, offset: 0.85 },
      { transform: `translate(${x1}px, ${y1}px)`, opacity: 0 },
    ],
    { duration: TAKES_MS, easing: 'cubic-bezier(0.4, 0, 0.2, 1)' },
  );
  const land = (): void => dot.remove();
  flight.addEventListener('finish', land);
  flight.addEventListener('cancel', land);
  return flight;
}

/**
 * What the current step sent, as dots that fly once: from a key to who watches it, from a port to its peer. They leave
 * nothing behind, so every way to a step leads to the same picture; the next step ends them.
 */
export function Pulses() {
  const plane = useRef<SVGSVGElement>(null);
  const pulses = useStage((state) => state.view.pulses);
  const { width, height } = useStage((state) => state.layout);
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    if (pulses === null || calm) return undefined;
    let flights: (Animation | null)[] = [];
    const stop = afterLayout(() => {
      const svg = plane.current;
      const still = svg === null || svg.closest('[data-still]') !== null;
      if (!still) flights = pulses.sent.slice(0, MOST).map((pulse) => fly(svg, pulse));
    });
    return () => {
      stop();
      for (const flight of flights) flight?.cancel();
    };
  }, [pulses, calm]);
  return <svg ref={plane} className={css.wires} width={width} height={height} aria-hidden="true" />;
}
