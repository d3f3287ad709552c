import { harmDone } from '../../content/harm.ts';
import { tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import byHand from '../../parts/by-hand.module.css';
import { Prose } from '../../parts/Prose.tsx';
import { showHarm } from '../../store/harm.ts';
import { useApp } from '../../store/store.ts';
import { Notice } from './Notice.tsx';
import css from './tour.module.css';

/** Leads to the step at which the bug of that scenario does harm. */
export function SeeHarm({ scenario }: { scenario: string }) {
  const bug = useApp(({ scenarios }) => scenarios.find(({ id }) => id === scenario));
  return (
    bug !== undefined && (
      <p>
        <button type="button" className={css.spot} onClick={() => showHarm(bug)}>{t.lost}</button>
      </p>
    )
  );
}

/** While that scenario is open: that it is another one, at its end, and the ways through it and back. */
export function HarmShown({ scenario, onBack }: { scenario: string; onBack: () => void }) {
  const bug = useApp(({ scenarios, outline }) => scenarios.find(({ id }) => id === scenario && id === outline?.run.scenario));
  return (
    bug !== undefined && (
      <Notice>
        <p>
          {fill(t.lostOpen, { title: bug.title })}{' '}
          {/* Where the story is covered, which begins with it. */}
          <span className={css.covered}><Prose text={harmDone(scenario)} />{' '}</span>
          <Prose text={t.lostFigures} />{' '}
          <span className={byHand.byKey}>{t.lostWalk}</span>
          <span className={byHand.byTouch}>{t.lostWalkTouch}</span>
        </p>
        <button type="button" className={css.spot} onClick={onBack}>{t.toRun}</button>
      </Notice>
    )
  );
}
