import { useEffect } from 'react';
import type { RefObject } from 'react';
import { afterLayout } from '../../store/after-layout.ts';
import { appStore } from '../../store/store.ts';

/** Takes what moves in `stage` to its end after a leap: motion shows what one step did, and a leap is none. */
export function useStillLeaps(stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const finish = (): void => {
      for (const motion of stage.current?.getAnimations?.({ subtree: true }) ?? []) motion.finish();
    };
    return appStore.subscribe((now, before) => {
      if (now.frame !== before.frame && Math.abs(now.position - before.position) > 1) afterLayout(finish);
    });
  }, [stage]);
}
