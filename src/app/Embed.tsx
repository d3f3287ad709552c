import { useEffect } from 'react';
import { words } from '../content/words.ts';
import { Progress } from '../panels/timeline/Progress.tsx';
import { Transport } from '../panels/timeline/Transport.tsx';
import { currentAddress } from '../store/share.ts';
import { useApp } from '../store/store.ts';
import { Answers } from './Answers.tsx';
import { Boundary } from './Boundary.tsx';
import css from './embed.module.css';
import { listenForShortcuts } from './keyboard.ts';
import { Announcer, FatalMessage, Refusal, StaleMessage } from './Messages.tsx';
import { StageArea } from './StageArea.tsx';

function OpenInFull() {
  const run = useApp((state) => state.run);
  const outline = useApp((state) => state.outline);
  const position = useApp((state) => state.position);
  return (
    <a
      className={css.full}
      href={currentAddress({ run, outline, position }, location.href)}
      target="_blank"
      rel="noreferrer"
    >
      {words.app.openFull} <span aria-hidden="true">↗</span>
    </a>
  );
}

/** What another page shows in a frame: the stage and one line of transport. */
export function Embed() {
  useEffect(() => listenForShortcuts(), []);
  return (
    <div className={css.embed}>
      <FatalMessage />
      <StaleMessage />
      <Refusal about="run" />
      <main className={css.stage} aria-label={words.app.stage}>
        <h1 className="visually-hidden">RingScope</h1>
        <Boundary>
          <StageArea variant="embed" />
        </Boundary>
      </main>
      <footer className={css.transport}>
        <Refusal about="moves" />
        <Transport compact />
        <Progress />
        <OpenInFull />
      </footer>
      <Announcer />
      <Answers />
    </div>
  );
}
