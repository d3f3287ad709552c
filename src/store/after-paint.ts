/**
 * Calls back once the next picture is on the screen: sizes can then be read without making the browser lay out the page
 * a second time. @returns what calls it off
 */
export function afterPaint(callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const picture = requestAnimationFrame(() => {
    timer = setTimeout(callback);
  });
  return () => {
    cancelAnimationFrame(picture);
    clearTimeout(timer);
  };
}
