import { faithfulWords } from '../content/faithful.ts';
import { useApp } from '../store/store.ts';
import css from './help.module.css';

const inOrder = new Intl.Collator('en', { sensitivity: 'base' });

/** All words of the trade with what they mean, in the order of the alphabet. */
export default function Glossary() {
  const terms = useApp((state) => state.terms);
  if (terms === null) return <p className={css.hint}>{faithfulWords.coming}</p>;
  return (
    <dl className={css.words}>
      {[...terms]
        .sort((a, b) => inOrder.compare(a.term, b.term))
        .map(({ term, means }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{means}</dd>
          </div>
        ))}
    </dl>
  );
}
