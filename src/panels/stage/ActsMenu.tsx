import { useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { fill, words } from '../../content/words.ts';
import { groupActs } from '../../store/acts.ts';
import { stageWords } from '../../content/stage.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { commands } from '../../store/commands.ts';
import type { ActView, PartyId } from '../../store/view.ts';
import css from './acts-menu.module.css';
import { menuPlace } from './menu-place.ts';
import { useStage } from './store.ts';

const t = words.acts;

interface ItemProps {
  act: ActView;
  onTake: (act: ActView) => void;
}

/** One thing to do. Where it makes no sense now it stays, and says why. */
function Item({ act, onTake }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={css.item}
      aria-disabled={act.refusal !== null}
      onClick={() => onTake(act)}
    >
      <span className={css.title}>{act.title}</span>
      {act.refusal !== null && <span className={css.reason}> {act.refusal}</span>}
    </button>
  );
}

interface MenuProps {
  party: PartyId;
  where: string;
  /** What opened it, where the focus goes back. */
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What a person can do in a party's zone: people's doings, then what breaks. Arrow keys move, Escape closes. */
export default function ActsMenu({ party, where, button, onClose }: MenuProps) {
  const acts = useStage(({ view }) => view.acts);
  const stacked = useStage((state) => state.stacked);
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);

  useLayoutEffect(() => {
    const box = menu.current;
    const from = button.current;
    if (box === null || from === null) return undefined;
    const page = { width: window.innerWidth, height: window.innerHeight };
    Object.assign(box.style, menuPlace(from.getBoundingClientRect(), page, stacked ? partAround(from) : undefined));
    if (typeof box.showPopover === 'function') box.showPopover();
    // What cannot be done now is no first offer, unless the menu would have to scroll past it.
    const offer = items(box).find((item) =>
      item.ariaDisabled !== 'true' && item.offsetTop + item.offsetHeight <= box.clientHeight);
    (offer ?? items(box)[0])?.focus();
    const end = (): void => close.current();
    const elsewhere = ({ target }: Event): void => {
      if (target instanceof Node && !box.contains(target) && !from.contains(target)) end();
    };
    document.addEventListener('pointerdown', elsewhere);
    addEventListener('resize', end);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      removeEventListener('resize', end);
      if (box.contains(document.activeElement)) from.focus();
    };
  }, [button, stacked]);

  function take({ id, refusal }: ActView): void {
    if (refusal !== null) return;
    onClose();
    commands.act(id);
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const all = items(event.currentTarget);
    const at = all.findIndex((item) => item === document.activeElement);
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at <= 0 ? all.length : at) - 1,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (to === undefined) return;
    else all[to]?.focus();
    event.preventDefault();
  }

  const groups = groupActs(acts.filter((act) => act.party === party));
  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      tabIndex={-1}
      className={css.menu}
      data-party={party}
      aria-label={fill(t.openName, { where })}
      onKeyDown={onKeyDown}
    >
      {groups.map(({ group, acts: own }) => (
        <div key={group} role="group" aria-label={t[group]} className={css.group}>
          <div className={css.heading} aria-hidden="true">{t[group]}</div>
          {own.map((act) => <Item key={act.id} act={act} onTake={take} />)}
        </div>
      ))}
      <ScrollEdge edge="below" says={stageWords.more} />
    </div>
  );
}

/** What of the page scrolls with it: above and below lie its buttons. Undefined where all of the page does. */
function partAround(button: HTMLElement): DOMRect | undefined {
  for (let part = button.parentElement; part !== null && part !== document.body; part = part.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(part).overflowY)) return part.getBoundingClientRect();
  }
  return undefined;
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}
