import { Suspense, useRef, useState } from 'react';
import { controlsWords } from '../../content/controls.ts';
import { fill } from '../../content/words.ts';
import { lazy } from '../../parts/lazy.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { commands } from '../../store/commands.ts';
import { BACKENDS, PAGES, QUEUES, ringEntries } from '../../store/config.ts';
import { scenarioTitle, useApp } from '../../store/store.ts';
import css from './controls.module.css';
import { GrantFrames } from './GrantFrames.tsx';

const t = controlsWords;

/** Many words, for when somebody chooses. */
const ScenarioMenu = lazy(() => import('./ScenarioMenu.tsx'));

interface ChoiceProps<T extends string | number> {
  /** By which the tour finds it. */
  setting: string;
  legend: string;
  shown: string;
  values: readonly T[];
  value: T | null;
  label?: (value: T) => string;
  onPick: (value: T) => void;
}

/** A row of exclusive choices. */
function Choice<T extends string | number>({
  setting,
  legend,
  shown,
  values,
  value,
  label = String,
  onPick,
}: ChoiceProps<T>) {
  return (
    <fieldset className={css.field} data-setting={setting}>
      <legend className="visually-hidden">{legend}</legend>
      <span className={css.label} aria-hidden="true">
        {shown}
      </span>
      <Segmented values={values} value={value} nameOf={label} onPick={onPick} />
    </fieldset>
  );
}

function RingPages() {
  const { txPages, rxPages } = useApp((state) => state.run.config);
  const [opened, setOpened] = useState(false);
  const apart = opened || txPages !== rxPages;
  const tx = ringEntries('tx', txPages);
  const rx = ringEntries('rx', rxPages);
  return (
    <div className={css.group} data-apart={apart || undefined}>
      <Choice
        setting="pages"
        legend={apart ? t.txPages : t.pages}
        shown={apart ? 'TX' : t.pages}
        values={PAGES}
        value={txPages}
        onPick={(pages) =>
          commands.configure(apart ? { txPages: pages } : { txPages: pages, rxPages: pages })
        }
      />
      {apart && (
        <Choice
          setting="rxPages"
          legend={t.rxPages}
          shown="RX"
          values={PAGES}
          value={rxPages}
          onPick={(pages) => commands.configure({ rxPages: pages })}
        />
      )}
      <button
        type="button"
        className="button"
        aria-pressed={apart}
        title={t.apartHow}
        onClick={() => {
          setOpened(!apart);
          if (apart && txPages !== rxPages) commands.configure({ rxPages: txPages });
        }}
      >
        {t.apart}
      </button>
      <output className={css.entries} aria-label={fill(t.entriesLabel, { tx, rx })}>
        {fill(t.entries, { tx, rx })} <span className={css.each}>{t.perQueue}</span>
      </output>
    </div>
  );
}

function setQueues(queues: number): void {
  if (queues >= QUEUES.min && queues <= QUEUES.max) commands.configure({ queues });
}

/** Few runs make fewer than they are asked for. */
const FewerQueues = lazy(() => import('./FewerQueues.tsx'));

function Queues() {
  const queues = useApp((state) => state.run.config.queues);
  const fewer = useApp(({ outline }) => outline?.keys.some((key) => key.startsWith('xennet_init_queue#no')));
  return (
    <div className={css.field} role="group" aria-label={t.queues}>
      <span className={css.label} aria-hidden="true">
        {t.queues}
      </span>
      <span className={css.stepper}>
        <button
          type="button"
          aria-label={t.fewerQueues}
          aria-disabled={queues === QUEUES.min}
          onClick={() => setQueues(queues - 1)}
        >
          −
        </button>
        <output aria-label={t.queues}>{queues}</output>
        <button
          type="button"
          aria-label={t.moreQueues}
          aria-disabled={queues === QUEUES.max}
          onClick={() => setQueues(queues + 1)}
        >
          +
        </button>
      </span>
      {fewer && <Suspense><FewerQueues /></Suspense>}
    </div>
  );
}

function Backend() {
  const backend = useApp((state) => state.run.config.backend);
  return (
    <Choice
      setting="backend"
      legend={t.backend}
      shown={t.backend}
      values={BACKENDS}
      value={backend}
      label={(one) => t[one]}
      onPick={(picked) => commands.configure({ backend: picked })}
    />
  );
}

function ScenarioChoice() {
  const title = useApp(scenarioTitle);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button ${css.choice}`}
        aria-haspopup="dialog"
        aria-label={fill(t.scenarioName, { title })}
        title={title}
        onClick={() => setOpen(true)}
      >
        <span className={css.chosen}>{title}</span>
        <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true"><path d="M1 2.5 4 5.5 7 2.5" /></svg>
      </button>
      {open && (
        <Suspense fallback={null}>
          <ScenarioMenu
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

interface BadgeProps {
  short?: boolean;
  /** Shows what differs from the real thing. */
  onWhy: () => void;
}

/** Says that the run is a composite, and leads to what of; in one word where there is no room for more. */
export function CompositeBadge({ short = false, onWhy }: BadgeProps) {
  // All have keys of the tree that was never merged, but for the run that is to show upstream's own.
  const composite = useApp((state) => state.run.scenario !== 'netif-upstream');
  const onePage = useApp(({ run: { config } }) => config.txPages * config.rxPages === 1);
  if (!composite) return null;
  return (
    <button type="button" className={css.badge} data-short={short} title={t.badgeWhy} onClick={onWhy}>
      {short ? t.badgeShort : onePage ? t.badgeKeys : t.badge}
    </button>
  );
}

/** Which scenario, and what it is. */
export function ScenarioPanel(badge: BadgeProps) {
  return (
    <div className={css.scenario}>
      <ScenarioChoice />
      <CompositeBadge {...badge} />
    </div>
  );
}

/** The sliders: what is simulated. Moving one opens the run anew at the same place. */
export function SlidersPanel() {
  return (
    <div className={css.controls}>
      <RingPages />
      <Queues />
      <GrantFrames />
      <Backend />
    </div>
  );
}
