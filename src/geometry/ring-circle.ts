/** A ring drawn as a circle: slot 0 begins at the top, slots go clockwise. Angles in radians, lengths in units of the drawing. */
import { arc, path, range, sum } from 'd3';

/** Of the drawing, from its centre. */
export const CIRCLE = {
  size: 128,
  /** Where the marks of shared indexes stand. */
  outside: 57,
  outer: 50,
  inner: 39,
  /** Where the marks of private indexes stand. */
  inside: 32,
} as const;

/** Nothing that is drawn along the circle is shorter. */
const SHORTEST = 2.4;
/** Between marks that would else cover each other, at their own radius. */
const APART = 9.5;
/** Between two scale marks on the circle. */
const SCALE_GAP = 3.6;
const TURN = 2 * Math.PI;

/** Where a slot begins. A free-running index stands at the slot that it selects. */
export function slotAngle(index: number, slots: number): number {
  return (TURN * (index % slots)) / slots;
}

/** The band of `count` slots from slot `from` on, as a path; drawn wider than it is where it could not be seen. */
export function bandPath(from: number, count: number, slots: number, grow = 0): string {
  const start = slotAngle(from, slots);
  const span = (TURN * Math.min(count, slots)) / slots;
  const wider = Math.max(0, SHORTEST / CIRCLE.outer - span) / 2;
  return (
    arc()({
      innerRadius: CIRCLE.inner - grow,
      outerRadius: CIRCLE.outer + grow,
      startAngle: start - wider,
      endAngle: start + span + wider,
    }) ?? ''
  );
}

/** Slots from one mark of the scale to the next: the fewest, as a power of two, that leave room between marks. */
export function scaleStep(slots: number): number {
  let step = 1;
  while (step < slots && (TURN * CIRCLE.inner * step) / slots < SCALE_GAP) step *= 2;
  return step;
}

/** The scale over the band, as one path. */
export function scalePath(slots: number): string {
  const lines = path();
  for (const slot of range(0, slots, scaleStep(slots))) {
    lines.moveTo(...at(slotAngle(slot, slots), CIRCLE.inner));
    lines.lineTo(...at(slotAngle(slot, slots), CIRCLE.outer));
  }
  return lines.toString();
}

/**
 * Angles for marks at radius `radius` that mean `angles`: each as near to its own as it can be without covering its
 * neighbour, and in the same order around the circle.
 */
export function spread(angles: readonly number[], radius: number): number[] {
  const gap = APART / radius;
  const order = range(angles.length).sort((a, b) => angles[a]! - angles[b]! || a - b);
  if (order.length === 0) return [];
  // The circle is cut open where there is most room.
  const room = order.map((mark, i) => {
    const next = angles[order[(i + 1) % order.length]!]!;
    return (i === order.length - 1 ? next + TURN : next) - angles[mark]!;
  });
  const cut = (room.indexOf(Math.max(...room)) + 1) % order.length;
  const line = [...order.slice(cut), ...order.slice(0, cut)];
  const wished = line.map((mark, i) => angles[mark]! + (i >= order.length - cut ? TURN : 0));
  // Marks that meet become a group around the mean of what its members wish for.
  const groups: number[][] = [];
  const startOf = (wishes: readonly number[]): number =>
    sum(wishes, (wish) => wish) / wishes.length - (gap * (wishes.length - 1)) / 2;
  for (const wish of wished) {
    groups.push([wish]);
    while (groups.length > 1) {
      const [before, last] = groups.slice(-2) as [number[], number[]];
      if (startOf(before) + gap * before.length <= startOf(last)) break;
      before.push(...last);
      groups.pop();
    }
  }
  const placed = groups.flatMap((group) => group.map((_, i) => startOf(group) + i * gap));
  const result: number[] = [];
  for (const [i, mark] of line.entries()) result[mark] = placed[i]!;
  return result;
}

/** From where an index really stands at the band's edge to its mark. */
export function leaderPath(angle: number, shown: number, edge: number, radius: number): string {
  const line = path();
  line.moveTo(...at(angle, edge));
  line.lineTo(...at(shown, radius));
  return line.toString();
}

/** The slot that a point shows, from the centre of the drawing. */
export function slotAtPoint(x: number, y: number, slots: number): number {
  const angle = (Math.atan2(x, -y) + TURN) % TURN;
  return Math.min(slots - 1, Math.floor((angle / TURN) * slots));
}

export function degrees(angle: number): number {
  return (angle * 360) / TURN;
}

function at(angle: number, radius: number): [number, number] {
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}
