// RingScope in your page: put this script on it once, and turn a link into a frame with one attribute:
//   <a data-ring-scope href="https://example.org/ringscope/#v1....">netback maps the rings</a>
// Its value may hold options: data-ring-scope="panels=stage,story&controls=full". Without JavaScript the link stays a link.
// The frame loads when it comes near, is as high as what it shows, and light or dark as what is around it.
(() => {
  const frames = new Map();
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- nothing of this may become the page's.
  const isDark = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const [red, green, blue, opaque = 1] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      if (opaque > 0.5) return red * 0.3 + green * 0.6 + blue * 0.1 < 128;
    }
    return false;
  };
  const themeOf = (frame) => (isDark(frame.parentElement) ? 'dark' : 'light');
  const setTheme = (frame) => frame.contentWindow?.postMessage({ ringscope: 1, type: 'setTheme', theme: themeOf(frame) }, '*');
  const turn = (link) => {
    const options = new URLSearchParams(link.dataset.ringScope);
    const follows = !options.has('theme');
    const frame = Object.assign(document.createElement('iframe'), { title: link.textContent, loading: 'lazy', height: 560 });
    frame.style.cssText = 'display: block; width: 100%; border: 0';
    link.replaceWith(frame);
    if (follows) options.set('theme', themeOf(frame));
    if (!options.has('height')) options.set('height', 'auto');
    if (location.origin !== 'null') options.set('host', location.origin);
    frame.src = Object.assign(new URL('embed.html', link.href), { search: options, hash: link.hash }).href;
    frames.set(frame, follows);
  };
  const turnAll = () => document.querySelectorAll('a[data-ring-scope]').forEach(turn);
  turnAll();
  addEventListener('message', ({ source, data }) => {
    const frame = [...frames.keys()].find((one) => one.contentWindow === source);
    if (frame === undefined || data?.ringscope !== 1) return;
    if (data.type === 'height' && data.height > 0) frame.height = Math.min(data.height, 10000);
    if (data.type === 'ready' && frames.get(frame)) setTheme(frame);
  });
  const observer = new MutationObserver(() => frames.forEach((follows, frame) => follows && setTheme(frame)));
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true });
  // Many manuals change pages without loading one: links come later, and frames go.
  new MutationObserver(() => {
    frames.forEach((_, frame) => frame.isConnected || frames.delete(frame));
    turnAll();
  }).observe(document.body, { childList: true, subtree: true });
})();
