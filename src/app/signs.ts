import { marksWords } from '../content/marks.ts';
import { commands } from '../store/commands.ts';
import { appStore, LENSES } from '../store/store.ts';
import type { Lens } from '../store/store.ts';
import type { Signs } from './keyboard.ts';

function compareMarks(): void {
  if (commands.compareMarks()) return;
  const { a, b } = appStore.getState().marks;
  commands.complain({ command: 'ask', reason: a === null || b === null ? marksWords.need : marksWords.needRun });
}

/** The shortcuts of what only the whole page has. */
export function signsOf(page: { help: () => void; lens: (lens: Lens) => void }): Signs {
  const acts: Readonly<Record<string, () => void>> = {
    '?': page.help,
    '/': () => commands.show('search'),
    b: () => commands.show('breakpoints'),
    '[': () => commands.mark('a'),
    ']': () => commands.mark('b'),
    '=': compareMarks,
  };
  return (key) => {
    const lens = LENSES[Number(key) - 1];
    return lens === undefined ? acts[key.toLowerCase()] : () => page.lens(lens);
  };
}
