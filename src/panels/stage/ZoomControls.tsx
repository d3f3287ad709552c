import { Panel, useReactFlow } from '@xyflow/react';
import { zoomWords } from '../../content/zoom.ts';
import { MapButton } from './MapButton.tsx';
import css from './zoom.module.css';

const PANS = [
  { way: 'left', x: 1, y: 0, path: 'M9 3 5 7l4 4' },
  { way: 'up', x: 0, y: 1, path: 'M3 9l4-4 4 4' },
  { way: 'down', x: 0, y: -1, path: 'M3 5l4 4 4-4' },
  { way: 'right', x: -1, y: 0, path: 'M5 3l4 4-4 4' },
] as const;

const PAN = 120;

/** Zoom buttons; once zoomed, buttons that move the view as dragging does. */
export function ZoomControls({ moved, setMoved }: { moved: boolean; setMoved: (moved: boolean) => void }) {
  const flow = useReactFlow();
  function zoom(change: () => Promise<boolean>): void {
    setMoved(true);
    void change();
  }
  function pan(x: number, y: number): void {
    const view = flow.getViewport();
    void flow.setViewport({ ...view, x: view.x + x * PAN, y: view.y + y * PAN });
  }
  return (
    <Panel position="top-left" className={css.controls}>
      <div className={css.buttons}>
        <MapButton icon="in" onClick={() => zoom(() => flow.zoomIn())} />
        <MapButton icon="out" onClick={() => zoom(() => flow.zoomOut())} />
        {moved && <MapButton icon="fit" onClick={() => setMoved(false)} />}
        {moved && PANS.map(({ way, x, y, path }) => (
          <MapButton key={way} icon={way} name={zoomWords[way]} path={path} onClick={() => pan(x, y)} />
        ))}
      </div>
    </Panel>
  );
}
