import { Panel, useReactFlow } from '@xyflow/react';
import css from './map.module.css';
import { MapButton } from './MapButton.tsx';

const PANS = [
  { icon: 'left', x: 1, y: 0 },
  { icon: 'up', x: 0, y: 1 },
  { icon: 'down', x: 0, y: -1 },
  { icon: 'right', x: -1, y: 0 },
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
      <MapButton icon="in" onClick={() => zoom(() => flow.zoomIn())} />
      <MapButton icon="out" onClick={() => zoom(() => flow.zoomOut())} />
      {moved && <MapButton icon="fit" onClick={() => setMoved(false)} />}
      {moved && PANS.map(({ icon, x, y }) => (
        <MapButton key={icon} icon={icon} onClick={() => pan(x, y)} />
      ))}
    </Panel>
  );
}
