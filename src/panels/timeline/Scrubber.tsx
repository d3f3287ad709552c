import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { fill, words } from '../../content/words.ts';
import { positionAt } from '../../geometry/timeline.ts';
import { commands } from '../../store/commands.ts';
import { chapterAt } from '../../store/outline.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import css from './timeline.module.css';

interface Props {
  outline: Outline;
  width: number;
  children: ReactNode;
}

const keys: Readonly<Record<string, () => void>> = {
  ArrowRight: () => commands.step('into'),
  ArrowUp: () => commands.step('into'),
  ArrowLeft: () => commands.step('back'),
  ArrowDown: () => commands.step('back'),
  PageDown: () => commands.toChapter(1),
  PageUp: () => commands.toChapter(-1),
  Home: () => commands.step('start'),
  End: () => commands.step('end'),
};

function onKeyDown(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

/** Where in the run we are, as a slider over the lanes: drag, click, or use the arrow keys. */
export function Scrubber({ outline, width, children }: Props) {
  const position = useApp((state) => state.position);
  const { length } = outline;
  const seekTo = (event: PointerEvent<HTMLElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const to = positionAt(x, length, width);
    if (to !== appStore.getState().position) commands.seek(to);
  };
  const chapter = chapterAt(outline, position)?.title ?? '';
  return (
    <div
      className={css.scrubber}
      role="slider"
      tabIndex={0}
      aria-label={words.timeline.scrubber}
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={position}
      aria-valuetext={fill(position === 0 ? words.timeline.begin : words.timeline.value, {
        n: position,
        length,
        chapter,
      })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      {children}
    </div>
  );
}
