import { useEffect, useRef } from 'react';
import { shareWords } from '../../content/share.ts';
import css from './share.module.css';

const t = shareWords.file;

/** A link that downloads a file; a button that waits while there is none. */
export function Download({ file, name }: { file: Blob | null; name: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (file === null || link.current === null) return undefined;
    const address = URL.createObjectURL(file);
    link.current.href = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);
  if (file === null) return <button type="button" className={`button ${css.download}`} disabled>{t.download}</button>;
  // oxlint-disable-next-line jsx-a11y/anchor-is-valid -- its address is made above
  return <a ref={link} className={`button ${css.download}`} download={name}>{t.download}</a>;
}
