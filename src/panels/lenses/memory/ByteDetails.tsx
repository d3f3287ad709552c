import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import type { Details } from './details.ts';
import css from './memory.module.css';

function Lamps({ lamps }: Pick<Details, 'lamps'>) {
  if (lamps.length === 0) return null;
  return (
    <ul className={css.lamps}>
      {lamps.map(({ name, on }) => (
        <li key={name} data-on={on}>
          <span className={css.lamp} aria-hidden="true" />
          {name}
          <span className="visually-hidden">: {on ? t.on : t.off}</span>
        </li>
      ))}
    </ul>
  );
}

function Readings({ readings }: Pick<Details, 'readings'>) {
  if (readings.length === 0) return null;
  return (
    <div className={css.readings}>
      {readings.map(({ caption, rows }, i) => (
        <table key={caption} data-now={i === 0}>
          <caption>{caption}</caption>
          <tbody>
            {rows.map(({ name, value, chosen }) => (
              <tr key={name} data-chosen={chosen}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

/** The field that the chosen byte is of, decoded, and what it means. */
export function ByteDetails({ details }: { details: Details }) {
  const { title, struct, span, bytes, before, value, meaning, facts, subject } = details;
  const ask = (text: string) => (
    <WhoWrote of={() => subject} label={fill(t.asked, { what: subject.name, value: text })}>{text}</WhoWrote>
  );
  return (
    <section aria-label={t.chosen}>
      <h3 className={css.title}>
        {title}
        {struct !== null && <span className={css.struct}>{struct}</span>}
      </h3>
      <p className={value === null ? css.quiet : css.value}>{value === null ? t.noValue : ask(value)}</p>
      <p className={css.meaning}>{meaning}</p>
      <dl className={css.facts}>
        <dt>{t.labels.bytes}</dt>
        <dd className={css.code}>{value === null ? ask(bytes) : bytes}</dd>
        <dt>{t.labels.before}</dt>
        <dd className={before === null ? css.quiet : css.code} data-hot={before !== null}>{before ?? t.unchanged}</dd>
        <dt>{t.labels.offset}</dt>
        <dd>{span}</dd>
      </dl>
      <Lamps lamps={details.lamps} />
      {facts.map((fact) => (
        <p key={fact} className={css.meaning}>{fact}</p>
      ))}
      <Readings readings={details.readings} />
    </section>
  );
}
