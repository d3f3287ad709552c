import { branchWords, runnerName } from '../../content/branches.ts';
import { shareWords } from '../../content/share.ts';
import { controlsWords } from '../../content/controls.ts';
import { fill } from '../../content/words.ts';
import { chapterText, pagesText, stepTitle, whereText } from '../../picture/scene.ts';
import type { Scene } from '../../picture/scene.ts';
import { keyOf } from '../../store/outline.ts';
import { currentAddress } from '../../store/share.ts';
import { useApp } from '../../store/store.ts';
import type { ScenarioInfo } from '../../store/store.ts';
import { CopyField } from './Copy.tsx';
import css from './share.module.css';

const t = shareWords.address;
const ACT = 'act:';
const MOST_CHOICES = 12;
const noActs: ScenarioInfo['acts'] = [];

/** The address of the step, and in words what it leads to. */
export function LinkPart({ scene }: { scene: Scene }) {
  const { run: { config }, outline, position, step } = scene;
  const key = keyOf(outline, position - 1);
  return (
    <>
      <CopyField label={t.label} name={shareWords.copyLink} text={currentAddress(scene, location.href)} rows={3} />
      <p className={css.hint}>{t.about}</p>
      <h3>{t.contains}</h3>
      <dl className={css.contains}>
        <Row name={t.scenario}>{scene.scenario}</Row>
        <Row name={t.rings}>{fill(t.ringsValue, { tx: pagesText(config.txPages), rx: pagesText(config.rxPages) })}</Row>
        <Row name={t.queues}>{config.queues}</Row>
        <Row name={t.frames}>{fill(t.framesValue, { count: config.maxGrantFrames })}</Row>
        <Row name={t.backend}>{fill(t.backendValue, { backend: controlsWords[config.backend] })}</Row>
        <Row name={t.order}><Choices scene={scene} /></Row>
        <Row name={t.step}>
          <strong>{stepTitle(scene)}</strong>
          {step !== null && <code>{key?.occurrence === 1 ? step.key : fill(t.nth, { key: step.key, nth: key?.occurrence })}</code>}
          <span>{[whereText(scene), chapterText(scene)].filter((one) => one !== '').join(' · ')}</span>
        </Row>
      </dl>
    </>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where the run leaves the usual order. */
function Choices({ scene: { run: { scenario, choices } } }: { scene: Scene }) {
  const acts = useApp(({ scenarios }) => scenarios.find(({ id }) => id === scenario)?.acts ?? noActs);
  if (choices.length === 0) return t.natural;
  const shown = choices.slice(0, MOST_CHOICES);
  return (
    <>
      <span>{choices.length === 1 ? t.departsOnce : fill(t.departs, { count: choices.length })}</span>
      <ul className={css.choices}>
        {shown.map(([n, who]) => {
          const act = acts.find(({ id }) => `${ACT}${id}` === who)?.title;
          return <li key={n}>{act === undefined ? fill(branchWords.runs, { n, who: runnerName(who) }) : fill(branchWords.acts, { n, act })}</li>;
        })}
        {shown.length < choices.length && <li>{fill(t.more, { count: choices.length - shown.length })}</li>}
      </ul>
    </>
  );
}
