import { spansOf } from '../content/words.ts';

/** Text with its marks drawn. */
export function Prose({ text }: { text: string }) {
  return spansOf(text).map(({ look, text: part }, index) => {
    // The stretches of one text never change places.
    const key = `${index} ${part}`;
    if (look === 'code') return <code key={key}>{part}</code>;
    if (look === 'strong') return <strong key={key}>{part}</strong>;
    return <span key={key}>{part}</span>;
  });
}
