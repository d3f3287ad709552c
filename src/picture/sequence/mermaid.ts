/** A sequence as Mermaid text, for documents that draw it themselves. */
import { pictureWords } from '../../content/picture.ts';
import { fill } from '../../content/words.ts';
import { describeSequence } from '../describe.ts';
import { linkText, stepTitle } from '../scene.ts';
import type { Scene } from '../scene.ts';
import { countOf, sequenceOf } from './fold.ts';
import type { Line } from './fold.ts';
import { PARTIES } from './messages.ts';
import type { Happening } from './messages.ts';

const t = pictureWords.sequence;

/** Text as it may stand behind a colon: marks of the language, and of HTML, by their numbers; one line. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[#;<>&"`%]/g, (char) => `#${char.charCodeAt(0)};`);
}

/** What led to the step, in sentences. */
export function describeHappenings(scene: Scene, happenings: readonly Happening[]): string {
  const chapters = sequenceOf(happenings, scene.outline);
  return describeSequence(scene, countOf(chapters), chapters.length);
}

/** What led to the step, as a Mermaid sequence diagram. */
export function sequenceText(scene: Scene, happenings: readonly Happening[]): string {
  const chapters = sequenceOf(happenings, scene.outline);
  const lines = [
    'sequenceDiagram',
    `  accTitle: ${plain(stepTitle(scene))}`,
    `  accDescr: ${plain(describeSequence(scene, countOf(chapters), chapters.length))}`,
    ...PARTIES.map((party) => `  participant ${party} as ${plain(t[party])}`),
    ...(chapters.length === 0 ? [`  Note over domU,toolstack: ${plain(t.empty)}`] : []),
  ];
  for (const { title, blocks } of chapters) {
    lines.push(`  Note over domU,toolstack: ${plain(title)}`);
    for (const { times, lines: own } of blocks) {
      if (times === 1) lines.push(...own.map((line) => `  ${arrow(line)}`));
      else lines.push(`  loop ${plain(fill(t.repeated, { count: times }))}`,
        ...own.map((line) => `    ${arrow(line)}`), '  end');
    }
  }
  lines.push(`  Note over domU,toolstack: ${plain(pictureWords.simplified)}<br/>${plain(linkText(scene))}`);
  return `${lines.join('\n')}\n`;
}

function arrow({ from, to, reply, text }: Line): string {
  return `${from}${reply ? '-->>' : '->>'}${to}: ${plain(text)}`;
}
