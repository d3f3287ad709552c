import { describe, expect, it } from 'vitest';
import { stagePicture } from '../../src/picture/index.ts';
import type { Scene } from '../../src/picture/index.ts';
import { portPairs } from '../../src/store/stage/lists.ts';
import { groupBytes } from '../../src/store/stage/words.ts';
import { THEMES } from '../../src/picture/theme.ts';
import { parseLink } from '../../src/store/read-link.ts';
import type { Node } from './read.ts';
import { all, collisions, own, placed, read, texts, titles } from './read.ts';
import { pages, scene } from './scenes.ts';

const LIGHT = { theme: 'light' } as const;

function draw(of: Scene): Node {
  return read(stagePicture(of, LIGHT));
}

/** The middle of mapping a ring of 4 pages: the sixth page. */
const SIXTH = 'map_grant_ref#map_one~6';

const scenes: readonly [string, () => Scene][] = [
  ['before the first step', () => scene('start')],
  ['1 page at the end', () => scene('end', pages(1))],
  ['4 pages, mapping', () => scene(SIXTH)],
  ['8 pages, the rings being granted', () => scene('gnttab_grant_foreign_access#store_flags~5', pages(8))],
  ['16 pages, mapping', () => scene('map_grant_ref#map_one~20', pages(16))],
  ['3 queues', () => scene('ports', { ...pages(2), queues: 3 })],
  ['8 queues of 16 pages', () => scene('map_grant_ref#map_one~40', { ...pages(16), queues: 8, maxGrantFrames: 256 })],
  ['8 queues, of which grant frames make 3', () => scene('end', { ...pages(16), queues: 8 })],
  ['keys being written', () => scene('published', pages(16))],
  ['a bad page', () => scene('end', {}, 'fault-third-page-bad')],
  ['a guest that is gone', () => scene('end', {}, 'close-crash')],
  ['an unplugged vif', () => scene('end', {}, 'close-unplug')],
  ['packets', () => scene('200', {}, 'traffic')],
];

describe('stagePicture', () => {
  it.each(scenes)('%s: is a whole document with nothing beyond its edge and no text on another', (_, make) => {
    const document = draw(make());
    const [, , width, height] = document.attributes['viewBox']!.split(' ').map(Number);
    const boxes = placed(document);
    expect(boxes.length).toBeGreaterThan(30);
    expect(boxes.filter(({ left, right, top, bottom }) => left < 0 || right > width! || top < 0 || bottom > height!)).toEqual([]);
    expect(collisions(boxes)).toEqual([]);
  });

  it.each(scenes)('%s: stands alone, and says in words what is on it', (_, make) => {
    const of = make();
    const xml = stagePicture(of, LIGHT);
    expect(xml).not.toMatch(/<script|<style|<image|href|var\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
    for (const [, id] of xml.matchAll(/url\(([^)]*)\)/g)) expect(xml).toContain(`id="${id!.slice(1)}"`);
    const { attributes, children } = read(xml);
    expect(attributes['role']).toBe('img');
    const [title, desc] = children.filter((child) => typeof child !== 'string');
    expect(attributes['aria-labelledby']).toBe(`${title!.attributes['id']} ${desc!.attributes['id']}`);
    expect([title!.name, desc!.name]).toEqual(['title', 'desc']);
    expect(own(title!)).toContain(of.scenario);
    expect(own(desc!)).toContain(of.position === 0 ? 'before the first step' : `step ${of.position} of ${of.outline.length}`);
    expect(own(desc!)).toMatch(/Frontend state: .*Backend state: /);
  });

  it('is the same each time, and another in the dark only by its colours', () => {
    const of = scene(SIXTH);
    expect(stagePicture(of, LIGHT)).toBe(stagePicture(scene(SIXTH), LIGHT));
    const [light, dark] = [LIGHT, { theme: 'dark' } as const].map((options) => stagePicture(of, options));
    expect(dark).not.toBe(light);
    expect(dark!.replaceAll(/#[0-9a-f]{6}\b/g, '#')).toBe(light!.replaceAll(/#[0-9a-f]{6}\b/g, '#'));
  });

  it('says of which step it is: number, function and label, the step in words, the chapter, the link', () => {
    const of = scene(SIXTH);
    const shown = texts(draw(of));
    expect(shown).toContain(`step ${of.position} of ${of.outline.length}`);
    expect(shown).toContain('map_grant_ref#map_one');
    expect(shown.join(' ')).toContain('Xen looks at the grant entry, marks it, and maps the page into dom0: reference 2061');
    expect(shown).toContain('Chapter 14 of 17 · Xen maps the rings');
    const link = shown.find((text) => text.startsWith('#v2.'))!;
    expect(parseLink(link)).toMatchObject({
      kind: 'good', run: { scenario: 'netif-multipage' }, at: { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 6 },
    });
  });

  it('has every page and entry of a ring as the view has them', () => {
    const of = scene(SIXTH);
    const shown = new Set(texts(draw(of)));
    const said = titles(draw(of));
    expect(of.view.grants.rows).toHaveLength(8);
    for (const { ref, frame, bytes, mfn, handle } of of.view.grants.rows) {
      for (const text of [String(ref), frame.toString(16), groupBytes(bytes), `ref ${ref}`, `0x${frame.toString(16)}`]) {
        expect(shown).toContain(text);
      }
      if (mfn !== null) expect(shown).toContain(mfn.toString(16));
      if (handle !== null) expect(shown).toContain(`handle ${handle}`);
    }
    expect(said).toContain('grant entry 2061, queue 0 RX page 1: permit, reading, writing');
    expect(said).toContain('grant entry 2063, queue 0 RX page 3: permit');
    expect(said.filter((text) => text.includes('mapped by dom0')).length).toBe(6);
  });

  it('draws a line for each page: whole where it is mapped, dashed up to its entry where it is not', () => {
    const strokes = all(draw(scene(SIXTH)), 'path').filter(({ attributes }) => attributes['stroke-linecap'] === 'round');
    const drawn = strokes.filter(({ attributes }) => !/^M[\d.]+ [\d.]+h22$/.test(attributes['d']!));
    const dashed = drawn.filter(({ attributes }) => attributes['stroke-dasharray'] !== undefined);
    expect([drawn.length, dashed.length]).toEqual([8, 2]);
  });

  it('has both states, published and the driver’s own', () => {
    const of = scene('hotplug_status_changed#read_hotplug_status');
    expect(of.view.backend.track).toMatchObject({ published: 2, driver: 4 });
    const document = draw(of);
    expect(titles(document)).toEqual(expect.arrayContaining(['Frontend state: 4 Connected', 'Backend state: 2 InitWait']));
    expect(texts(document)).toContain('driver: 4 Connected, not written');
  });

  it('has the keys with their values, and counts those for which there is no room', () => {
    const of = scene('end', pages(16));
    const document = draw(of);
    const shown = texts(document);
    const { frontend, backend } = of.view.xenstore;
    const refs = of.view.rings.find(({ direction }) => direction === 'tx')!.pages.map(({ ref }) => ref);
    expect(shown).toContain('tx-ring-ref0…15');
    expect(shown).toContain(`${refs[0]}…${refs.at(-1)}`);
    const said = titles(document);
    const keys = [...frontend, ...backend];
    const single = keys.filter(({ path, value }) => said.some((text) => text.startsWith(`${path} = "${value}"`))).length;
    const folded = keys.filter(({ name }) => /^[tr]x-ring-ref\d+$/.test(name)).length;
    const left = shown.flatMap((text) => /^and (\d+) more$/.exec(text)?.[1] ?? []).map(Number);
    expect(single + folded + left.reduce((sum, count) => sum + count, 0)).toBe(keys.length);
  });

  it('has the ports that are bound to each other', () => {
    const of = scene('end');
    const said = titles(draw(of));
    const pairs = portPairs(of.view.ports);
    expect(pairs).toHaveLength(2);
    for (const { front, back } of pairs) {
      expect(said.some((text) => text.startsWith(`domain 5 port ${front!.port}: interdomain`)
        && text.includes(`domain 0 port ${back!.port}: interdomain`))).toBe(true);
    }
  });

  it('folds what is too much, and says how much that is', () => {
    const of = scene('end', { ...pages(16), queues: 8, maxGrantFrames: 256 });
    const shown = texts(draw(of));
    expect(shown).toContain(`queue 7: ${of.view.rings.at(-2)!.pages[0]!.ref} to ${of.view.rings.at(-1)!.pages[15]!.ref}, 32 entries, all mapped`);
    expect(shown).toContain('and 8 more');
    expect(portPairs(of.view.ports)).toHaveLength(16);
  });

  it('says which queues were not made', () => {
    const shown = texts(draw(scene('end', { ...pages(16), queues: 4 })));
    expect(shown).toContain('not made, grant references ran out');
  });

  it('marks what the step changed where it changed it', () => {
    const edge = THEMES.light['hot-edge'];
    const framed = (step: string): string[] => all(draw(scene(step)), 'g').flatMap(({ children }) => {
      const [title, ...rest] = children.filter((child) => typeof child !== 'string');
      const hot = rest.some(({ name, attributes }) => name === 'rect' && attributes['stroke'] === edge);
      return hot && title!.name === 'title' ? [own(title!)] : [];
    });
    const granted = framed('gnttab_grant_foreign_access#store_flags~2');
    expect(granted).toEqual([
      expect.stringMatching(/^TX page 1, guest frame 0x\w+, granted/), 'grant entry 2057, queue 0 TX page 1: permit',
    ]);
    const mapped = framed('map_grant_ref#map_one~2');
    expect(mapped.filter((text) => text.startsWith('TX page 1,'))).toHaveLength(2);
  });

  it('tells of what the step sent', () => {
    const shown = texts(draw(scene('talk_to_netback#transaction_end')));
    expect(shown.join('\n')).toMatch(/watch event from xenstored to domU 5: device\/vif\/0\/tx-ring-order\n/);
  });

  it('writes data as data', () => {
    const of = scene(SIXTH);
    const hostile = `</text><script>alert("1")</script> & ' \u0000\ud800 ]]>`;
    const [first] = of.view.xenstore.frontend;
    const view = {
      ...of.view,
      xenstore: { ...of.view.xenstore, frontend: [{ ...first!, value: hostile, name: hostile }] },
      backend: { ...of.view.backend, log: [hostile], error: hostile },
    };
    const xml = stagePicture({ ...of, scenario: hostile, view }, LIGHT);
    expect(xml).not.toContain('<script');
    const document = read(xml);
    expect(collisions(placed(document))).toEqual([]);
    expect(own(all(document, 'title')[0]!)).toContain(hostile.replace('\u0000\ud800', '\ufffd\ufffd'));
  });

  it('gives a text that is cut in full where it is pointed at', () => {
    const document = draw(scene(SIXTH));
    const cut = all(document, 'text').filter((node) => own(node).includes('…') && all(node, 'title').length > 0);
    expect(cut.length).toBeGreaterThan(0);
    for (const node of cut) {
      const [title] = all(node, 'title');
      const [start, end] = own(node).split('…');
      expect(own(title!).startsWith(start!) && own(title!).endsWith(end!)).toBe(true);
    }
  });
});
