import { Term } from '../../parts/Term.tsx';

/** A short word; pointed at, focused or pressed it says what it stands for. */
export default function Explained({ word, means }: { word: string; means: string }) {
  return <Term term={{ term: word, means }} tabIndex={-1}>{word}</Term>;
}
