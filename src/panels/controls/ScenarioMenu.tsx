import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { harmWords } from '../../content/harm.ts';
import { summaries } from '../../content/summaries.ts';
import { scenarioWords } from '../../content/scenarios.ts';
import { controlsWords } from '../../content/controls.ts';
import { fill, words } from '../../content/words.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { commands } from '../../store/commands.ts';
import { harms, showHarm } from '../../store/harm.ts';
import { groupScenarios } from '../../store/scenarios.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { ScenarioInfo } from '../../store/store.ts';
import css from './scenario-menu.module.css';

const t = scenarioWords;

/** How the groups name themselves already. */
const PREFIX = /^(Fault|Bug): /;

/** A title beneath its group's heading: the kind need not be said again. */
function shortTitle(title: string): string {
  return title.replace(PREFIX, '');
}

function showOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}

interface ListProps {
  scenarios: readonly ScenarioInfo[];
  looked: string;
  current: string;
  onLook: (id: string) => void;
  onOpen: (id: string) => void;
}

/** The scenarios by kind, of which one is looked at. Arrow keys move, Enter and a double click open. */
function List({ scenarios, looked, current, onLook, onOpen }: ListProps) {
  const id = useId();
  const groups = groupScenarios(scenarios);
  const order = groups.flatMap((entry) => entry.scenarios.map((one) => one.id));
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      return onOpen(looked);
    }
    const at = order.indexOf(looked);
    const to = order[
      { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }[event.key] ?? -1
    ];
    if (to === undefined) return;
    event.preventDefault();
    onLook(to);
  }
  return (
    <div
      className={css.list}
      role="listbox"
      tabIndex={0}
      aria-label={t.name}
      aria-activedescendant={`${id}-${looked}`}
      onKeyDown={onKeyDown}
    >
      {groups.map(({ group, scenarios: own }) => (
        <div key={group} role="group" aria-label={t.groups[group]}>
          <div className={css.group} aria-hidden="true">{t.groups[group]}</div>
          {own.map((one) => (
            // The list has the focus and the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={one.id}
              id={`${id}-${one.id}`}
              role="option"
              className={css.option}
              ref={one.id === looked ? showOption : undefined}
              aria-selected={one.id === looked}
              onClick={() => onLook(one.id)}
              onDoubleClick={() => onOpen(one.id)}
            >
              {shortTitle(one.title)}
              {one.id === current && <span className={css.current}>{t.current}</span>}
            </div>
          ))}
        </div>
      ))}
      <ScrollEdge edge="below" says={words.lenses.below} />
    </div>
  );
}

interface PreviewProps {
  scenario: ScenarioInfo;
  /** It is open now. */
  current: boolean;
  onOpen: () => void;
  /** Opens it where its bug does harm; undefined where it has none. */
  onHarm: (() => void) | undefined;
}

function Preview({ scenario, current, onOpen, onHarm }: PreviewProps) {
  const { id, title, acts, defaults } = scenario;
  return (
    <div className={css.preview}>
      <div className={css.words} aria-live="polite">
        <h3 className={css.title}>{title}</h3>
        <p>{summaries[id]}</p>
        {acts.length > 0 && (
          <p className={css.quiet}>{acts.length === 1 ? t.act : fill(t.acts, { count: acts.length })}</p>
        )}
        <p className={css.quiet}>
          {fill(t.sliders, {
            tx: defaults.txPages,
            rx: defaults.rxPages,
            queues: defaults.queues,
            frames: defaults.maxGrantFrames,
            backend: controlsWords[defaults.backend],
          })}
        </p>
      </div>
      <div className={css.ways}>
        {/* A bug is looked at where it does harm. */}
        {onHarm !== undefined && (
          <button type="button" className={`button ${css.open}`} onClick={onHarm}>{harmWords.open}</button>
        )}
        <button type="button" className={`button ${onHarm === undefined ? css.open : css.other}`} onClick={onOpen}>
          {current ? t.again : t.open}
        </button>
      </div>
    </div>
  );
}

/** Every scenario, and what it is about, to be read before it is opened. Open for as long as it is there. */
export default function ScenarioMenu({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const scenarios = useApp((state) => state.scenarios);
  const current = useApp((state) => state.run.scenario);
  const [looked, setLooked] = useState(current);
  const title = useId();
  const chosen = scenarios.find(({ id }) => id === looked) ?? scenarios[0];
  useEffect(() => {
    if (dialog.current?.open !== false) return;
    dialog.current.showModal();
    dialog.current.querySelector<HTMLElement>('[role=listbox]')?.focus();
  }, []);
  const open = (wanted: string): void => {
    const scenario = scenarios.find(({ id }) => id === wanted);
    if (scenario === undefined) return;
    commands.openScenario(scenario);
    // Whoever chose a run wants to see it.
    appStore.setState({ settings: false });
    dialog.current?.close();
  };
  const harm = (wanted: ScenarioInfo): void => {
    showHarm(wanted);
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className={css.menu} aria-labelledby={title} onClose={onClose}>
      <div className={css.head}>
        <h2 id={title}>{t.title}</h2>
        <button type="button" className="button" onClick={() => dialog.current?.close()}>{t.close}</button>
      </div>
      <div className={css.body}>
        <List
          scenarios={scenarios}
          looked={chosen?.id ?? ''}
          current={current}
          onLook={setLooked}
          onOpen={open}
        />
        {chosen !== undefined && (
          <Preview
            scenario={chosen}
            current={chosen.id === current}
            onOpen={() => open(chosen.id)}
            onHarm={chosen.id in harms ? () => harm(chosen) : undefined}
          />
        )}
      </div>
    </dialog>
  );
}
