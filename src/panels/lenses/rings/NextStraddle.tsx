import { useId } from 'react';
import { RING_HEADER_SIZE } from '../../../abi/ring.ts';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import type { RingView } from '../../../store/view.ts';
import { nextStraddle } from './model.ts';
import css from './rings.module.css';

interface Props {
  ring: RingView;
  slot: number | null;
  onPick: (slot: number) => void;
}

/** Why no slot of the ring lies on two pages. */
function reasonOf({ pages, slotSize }: RingView): string {
  return pages.length === 1 ? t.straddles.onePage : fill(t.straddles.even, { size: slotSize, header: RING_HEADER_SIZE });
}

/** Goes from one slot that lies on two pages to the next, round and round; or says why there is none. */
export function NextStraddle({ ring, slot, onPick }: Props) {
  const id = useId();
  const next = nextStraddle(ring, slot);
  const none = next === null;
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={none}
        aria-describedby={none ? id : undefined}
        title={none ? undefined : fill(t.straddles.all, { slots: ring.straddles.map(({ entry }) => entry).join(', ') })}
        onClick={() => {
          if (next !== null) onPick(next);
        }}
      >
        {t.straddles.next}
      </button>
      {none && <span id={id} className={css.why}>{reasonOf(ring)}</span>}
    </>
  );
}
