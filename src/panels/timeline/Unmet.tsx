import { useCallback, useEffect, useState } from 'react';
import StopNotice from './StopNotice.tsx';
import { watchUnmet } from './unmet.ts';
import css from './unmet.module.css';

/** At the end of a run that played past them: which breakpoints were not met. There for as long as any are set. */
export default function Unmet() {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => watchUnmet(setText), []);
  const forget = useCallback(() => setText(null), []);
  return <div role="status">{text !== null && <StopNotice text={text} className={css.unmet} onGone={forget} />}</div>;
}
