import { Term } from '../../parts/Term.tsx';
import { permsSentence } from '../../store/stage/words.ts';

/** Who may do what, as it is kept; pointed at, focused or pressed it says that in words. */
export default function Perms({ perms }: { perms: string }) {
  return <Term term={{ term: perms, means: permsSentence(perms.split(',')) }} tabIndex={-1}>{perms}</Term>;
}
