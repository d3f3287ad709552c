import { describe, expect, it } from 'vitest';
import { ringsPicture } from '../../src/picture/index.ts';
import { INDEXES, indexValue } from '../../src/store/stage/ring-slots.ts';
import { all, collisions, own, placed, read, texts, titles } from './read.ts';
import { pages, scene } from './scenes.ts';

const LIGHT = { theme: 'light' } as const;

describe('ringsPicture', () => {
  it.each([
    ['two rings', 'end', {}, 'netif-multipage', 2],
    ['sixteen rings', 'end', { ...pages(1), queues: 8 }, 'netif-multipage', 16],
    ['rings with packets', '200', {}, 'traffic', 2],
    ['a ring that is only allocated', 'setup_netfront#alloc_ring_pages', {}, 'netif-multipage', 1],
    ['no ring yet', 'rings', {}, 'netif-multipage', 0],
  ] as const)('%s: a circle each, no text on another', (_, step, change, id, count) => {
    const of = scene(step, change, id);
    expect(of.view.rings).toHaveLength(count);
    const document = read(ringsPicture(of, LIGHT));
    const boxes = placed(document);
    const [, , width, height] = document.attributes['viewBox']!.split(' ').map(Number);
    expect(boxes.filter(({ left, right, bottom }) => left < 0 || right > width! || bottom > height!)).toEqual([]);
    expect(collisions(boxes)).toEqual([]);
    expect(texts(document).filter((text) => /^[TR]X ring of queue/.test(text))).toHaveLength(count);
    expect(texts(document).includes('There is no ring at this step.')).toBe(count === 0);
  });

  it('has the value of every index, and marks what the step changed', () => {
    const of = scene('200', {}, 'traffic');
    const document = read(ringsPicture(of, LIGHT));
    const said = titles(document);
    const desc = own(all(document, 'desc')[0]!);
    for (const ring of of.view.rings) {
      for (const index of INDEXES) {
        const value = indexValue(ring, index)!;
        expect(said).toContain(`${index.name} ${value}`);
        expect(desc).toContain(`${index.name} ${value}`);
      }
    }
    expect(texts(document).filter((text) => text === 'req_prod')).toHaveLength(2);
  });
});
