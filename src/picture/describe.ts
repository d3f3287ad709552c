/** A picture in words, for those who cannot see it. */
import { pictureWords as t } from '../content/picture.ts';
import { stageWords as w } from '../content/stage.ts';
import { fill } from '../content/words.ts';
import { portPairs } from '../store/stage/lists.ts';
import { INDEXES, indexValue } from '../store/stage/ring-slots.ts';
import { livesSummary, ringCaption, ringName, trackSentence } from '../store/stage/words.ts';
import { stepTitle, whereText } from './scene.ts';
import type { Scene } from './scene.ts';

function opening(scene: Scene): string {
  return fill(t.describe.stage,
    { scenario: scene.scenario, where: whereText(scene), title: stepTitle(scene) });
}

/** The stage in sentences: both states, each ring, the entries, the ports. */
export function describeStage(scene: Scene): string {
  const { frontend, backend, rings, grants, ports, guest } = scene.view;
  const pairs = portPairs(ports);
  const named = new Set(rings.map(({ queue }) => queue)).size > 1;
  const sentences = [
    opening(scene),
    ...(guest === null ? [] : [fill(t.describe.guest, { how: w.guest[guest] })]),
    fill(t.describe.state, { track: trackSentence('front', frontend.track) }),
    fill(t.describe.state, { track: trackSentence('back', backend.track) }),
    ...rings.map((ring) => fill(t.describe.rings, {
      name: ringCaption(ring, 'front', named), life: livesSummary(ring.pages.map(({ life }) => life)),
    })),
  ];
  if (grants.rows.length > 0) {
    const mapped = grants.rows.filter(({ handle }) => handle !== null).length;
    sentences.push(fill(t.describe.entries, { count: grants.rows.length, mapped }));
  }
  if (pairs.length > 0) {
    const bound = pairs.filter(({ front, back }) => front !== null && back !== null).length;
    sentences.push(fill(t.describe.ports, { count: pairs.length, bound }));
  }
  return sentences.join(' ');
}

/** The rings in sentences: every index that there is. */
export function describeRings(scene: Scene): string {
  const { rings } = scene.view;
  const sentences = rings.map((ring) => {
    const indexes = INDEXES.flatMap((index) => {
      const value = indexValue(ring, index);
      return value === null ? [] : [`${index.name} ${value}`];
    });
    const list = indexes.length === 0 ? t.rings.absent : indexes.join(', ');
    return fill(t.describe.circle, { ring: ringName(ring), queue: ring.queue, indexes: list });
  });
  return [opening(scene), ...(rings.length === 0 ? [t.rings.none] : sentences)].join(' ');
}

/** The sequence in sentences. */
export function describeSequence(scene: Scene, count: number, chapters: number): string {
  return [opening(scene), fill(t.describe.sequence, { count, chapters })].join(' ');
}
