/** True where what lies behind the element is dark: sites choose their themes by attributes and classes of their own. */
export function isDark(element: Element | null): boolean {
  for (let at = element; at !== null; at = at.parentElement) {
    const [red = 0, green = 0, blue = 0, opaque = 1] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (opaque > 0.5) return red * 0.3 + green * 0.6 + blue * 0.1 < 128;
  }
  return false;
}

/** Calls back whenever the page may have become light or dark. Returns how to stop. */
export function whenThemeMayChange(listener: () => void): () => void {
  const attributes = new MutationObserver(listener);
  for (const root of [document.documentElement, document.body]) attributes.observe(root, { attributes: true });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => {
    attributes.disconnect();
    system.removeEventListener('change', listener);
  };
}
