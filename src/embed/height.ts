import { afterLayout } from '../store/after-layout.ts';
import { tell } from './tell.ts';

/**
 * Tells the page around how high the frame must be to show all of `root`, whenever that grows. At one width it never tells
 * of less: what comes and goes with the steps must not move the text around the frame. Returns how to stop.
 */
export function tellHeight(root: HTMLElement): () => void {
  let told = 0;
  let width = 0;
  const measure = (): void => {
    const box = root.getBoundingClientRect();
    if (box.width !== width) told = 0;
    width = box.width;
    const height = Math.ceil(box.height);
    if (height <= told) return;
    told = height;
    tell({ type: 'height', height });
  };
  let cancel = afterLayout(measure);
  const observer = new ResizeObserver(() => {
    cancel();
    cancel = afterLayout(measure);
  });
  observer.observe(root);
  return () => {
    cancel();
    observer.disconnect();
  };
}
