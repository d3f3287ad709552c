// RingScope in your page: put this script on it once, and turn a link into a frame with one attribute:
//   <a data-ring-scope href="https://example.org/ringscope/#v2....">netback maps the rings</a>
// Its value may hold options: data-ring-scope="panels=stage,story&controls=full". Without JavaScript the link stays a link.
// The frame loads when it comes near, is as high as what it shows, and light or dark as what is around it.
import { isDark, whenThemeMayChange } from './dark.ts';

/** By their links, which stay in the page unseen: what drew them may look for them when it draws again. */
const frames = new Map<HTMLAnchorElement, HTMLIFrameElement>();

function themeOf(link: HTMLAnchorElement): string {
  return new URLSearchParams(link.dataset['ringScope']).get('theme') ?? (isDark(link.parentElement) ? 'dark' : 'light');
}

function setTheme(frame: HTMLIFrameElement, link: HTMLAnchorElement): void {
  frame.contentWindow?.postMessage({ ringscope: 1, type: 'setTheme', theme: themeOf(link) }, '*');
}

function makeFrame(link: HTMLAnchorElement): void {
  const options = new URLSearchParams({ height: 'auto', ...Object.fromEntries(new URLSearchParams(link.dataset['ringScope'])) });
  options.set('theme', themeOf(link));
  if (location.origin !== 'null') options.set('host', location.origin);
  const frame = Object.assign(document.createElement('iframe'), { title: link.textContent, loading: 'lazy' });
  frame.style.cssText = 'display: block; width: 100%; height: 560px; margin: 16px 0; border: 0';
  frame.src = Object.assign(new URL('embed.html', link.href), { search: options, hash: link.hash }).href;
  link.style.display = 'none';
  link.after(frame);
  frames.set(link, frame);
}

function update(): void {
  for (const [link, frame] of frames) {
    if (link.isConnected && frame.isConnected) continue;
    frame.remove();
    frames.delete(link);
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-ring-scope]')) if (!frames.has(link)) makeFrame(link);
}

addEventListener('message', ({ source, data }) => {
  const [link, frame] = [...frames].find(([, one]) => one.contentWindow === source) ?? [];
  if (link === undefined || frame === undefined || data?.ringscope !== 1) return;
  if (data.type === 'height' && data.height > 0) frame.style.height = `${Math.min(data.height, 10000)}px`;
  if (data.type === 'ready') setTheme(frame, link);
});

function start(): void {
  update();
  new MutationObserver(update).observe(document, { childList: true, subtree: true });
  whenThemeMayChange(() => frames.forEach(setTheme));
}

/** A page that a server drew, and a framework takes over, may not be changed before that. */
function startLater(): void {
  (globalThis.requestIdleCallback ?? setTimeout)(start);
}

if (document.readyState === 'complete') startLater();
else addEventListener('load', startLater);
