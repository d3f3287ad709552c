import { commands } from '../store/commands.ts';
import { lastOf, rangeOf } from '../store/range.ts';
import { placeText } from '../store/place-text.ts';
import { appStore } from '../store/store.ts';
import type { AppState, Outline, Place } from '../store/store.ts';
import { embedWords as t } from '../content/embed.ts';
import { fill } from '../content/words.ts';
import type { FrameOptions } from './options.ts';

/** How long the end of what goes round and round can be looked at. */
const LINGER_MS = 1500;

/** Shows of each run that is opened what the author picked of it. Returns how to stop. */
export function keepRange({ from, to }: Pick<FrameOptions, 'from' | 'to'>): () => void {
  if (from === undefined && to === undefined) return () => {};
  return whenOpened((outline) => {
    const range = rangeOf(outline, from, to);
    if (range === 'backwards') return commands.complain({ command: 'link', reason: t.backwards });
    if ('missing' in range) {
      return commands.complain({ command: 'link', reason: missing(outline, range.missing, range.missing === from) });
    }
    commands.confine(range);
  });
}

/** That the run has no such place, and where a chapter was named, which there are. */
function missing({ chapters }: Outline, place: Place, isFirst: boolean): string {
  const said = fill(t.missing, { place: placeText(place), end: isFirst ? t.begin : t.finish });
  const ids = chapters.filter(({ added }) => added !== true).map(({ id }) => id);
  return place.kind !== 'chapter' || ids.length === 0 ? said : `${said} ${fill(t.chapters, { ids: ids.join(', ') })}`;
}

/** Calls back with each outline, the one that is there too. Returns how to stop. */
function whenOpened(listener: (outline: Outline) => void): () => void {
  const { outline } = appStore.getState();
  if (outline !== null) listener(outline);
  return appStore.subscribe((now, before) => {
    if (now.outline !== null && now.outline !== before.outline) listener(now.outline);
  });
}

/**
 * Plays by itself, again from the beginning where it is to, and never while nobody can see it. A person who asks for less
 * motion starts it themselves. Returns how to stop.
 */
export function keepPlaying({ autoplay, loop }: Pick<FrameOptions, 'autoplay' | 'loop'>, root: Element): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let seen = false;
  /** To be played on when it comes into sight. */
  let due = autoplay && !calm;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  /** It stopped a moment ago: that is told at once, the last picture may come after it. */
  let stopped = false;

  function look(): void {
    const { playing, outline } = appStore.getState();
    const visible = seen && document.visibilityState === 'visible';
    if (visible && due && outline !== null) {
      due = false;
      commands.play();
    } else if (!visible && playing) {
      due = true;
      commands.pause();
    }
  }

  function onChange(now: AppState, before: AppState): void {
    if (now.outline !== before.outline) look();
    const moved = now.position !== before.position;
    // Somebody went on by themselves meanwhile.
    if (now.playing || moved) clearTimeout(lingering);
    if (now.playing) stopped = false;
    else if (before.playing) stopped = true;
    const atEnd = now.outline !== null && now.position === lastOf(now);
    if (moved && !atEnd) stopped = false;
    // It came to the end, and nobody paused it there.
    if (loop && stopped && atEnd && now.stoppedAt === null) {
      stopped = false;
      lingering = setTimeout(() => {
        due = true;
        look();
      }, LINGER_MS);
    }
  }

  const observer = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? false;
    look();
  });
  observer.observe(root);
  document.addEventListener('visibilitychange', look);
  const stop = appStore.subscribe(onChange);
  return () => {
    clearTimeout(lingering);
    observer.disconnect();
    document.removeEventListener('visibilitychange', look);
    stop();
  };
}
