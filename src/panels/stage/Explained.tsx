import { headWords } from '../../content/heads.ts';
import { Term } from '../../parts/Term.tsx';

export type Explainable = keyof typeof headWords;

/** The head of a column, a short word; pointed at, focused or pressed it says what it stands for. */
export default function Explained({ word, of }: { word: string; of: Explainable }) {
  return <Term term={{ term: word, means: headWords[of] }} tabIndex={-1}>{word}</Term>;
}
