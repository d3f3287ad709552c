import { describe, expect, it } from 'vitest';
import { emptyMaptrack, putHandle, takeHandle, type Maptrack } from '../../../src/sim/xen/maptrack.ts';

/** Takes handles on `vcpu` until there is none, or `most` of them. */
function drain(track: Maptrack, vcpu: number, vcpus: number, frames: number, most = Infinity) {
  const handles: number[] = [];
  let now = track;
  while (handles.length < most) {
    const taken = takeHandle(now, vcpu, vcpus, frames);
    now = taken.track;
    if (taken.handle === undefined) break;
    handles.push(taken.handle);
  }
  return { handles, track: now };
}

const ascending = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('maptrack', () => {
  it('gives 255 handles from one frame: the last stays as a sentinel', () => {
    const { handles, track } = drain(emptyMaptrack, 0, 1, 1);
    expect(handles).toEqual(ascending(0, 254));
    expect(track).toEqual({ limit: 256, free: [[255, 1]] });
  });

  it('gives 511 from two: the new frame goes before the old sentinel', () => {
    const { handles } = drain(emptyMaptrack, 0, 1, 2);
    expect(handles).toEqual([...ascending(0, 254), ...ascending(256, 511)]);
  });

  it('gives nothing without frames', () => {
    expect(takeHandle(emptyMaptrack, 0, 1, 0)).toEqual({ handle: undefined, track: emptyMaptrack });
  });

  it('uses handles again first in, first out', () => {
    let { track } = drain(emptyMaptrack, 0, 1, 1, 3);
    for (const handle of [1, 0, 2]) track = putHandle(track, 0, handle);
    const { handles } = drain(track, 0, 1, 1);
    expect(handles).toEqual([...ascending(3, 255), 1, 0]);
  });

  it('keeps equal queues equal, however they came about', () => {
    const { track } = drain(emptyMaptrack, 0, 1, 1, 3);
    const inOrder = [0, 1, 2].reduce((now, handle) => putHandle(now, 0, handle), track);
    expect(inOrder.free).toEqual([[3, 253, 0, 3]]);
  });

  it('gives each vCPU a frame of its own while there are some', () => {
    const first = drain(emptyMaptrack, 1, 2, 2, 2);
    expect(first.handles).toEqual([0, 1]);
    const second = drain(first.track, 0, 2, 2, 2);
    expect(second.handles).toEqual([256, 257]);
    expect(second.track.free).toEqual([[258, 254], [2, 254]]);
  });

  it('steals from another vCPU when there are none, a sentinel first', () => {
    const owner = drain(emptyMaptrack, 0, 2, 1, 1);
    const thief = takeHandle(owner.track, 1, 2, 1);
    expect(thief.handle).toBe(2);
    expect(thief.track.free).toEqual([[3, 253], [1, 1]]);
    expect(putHandle(thief.track, 1, 2).free).toEqual([[3, 253], [1, 2]]);
  });

  it('keeps a stolen sentinel even when nothing more can be stolen', () => {
    const owner = drain(emptyMaptrack, 0, 2, 1, 254);
    expect(takeHandle(owner.track, 1, 2, 1)).toEqual({
      handle: undefined,
      track: { limit: 256, free: [[255, 1], [254, 1]] },
    });
  });
});
