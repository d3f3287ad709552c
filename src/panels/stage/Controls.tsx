import { Panel, useReactFlow } from '@xyflow/react';
import css from './map.module.css';

const ICONS = {
  in: 'M7 2v10M2 7h10',
  out: 'M2 7h10',
  fit: 'M2 5V2h3M9 2h3v3M12 9v3H9M5 12H2V9',
  left: 'M9 3 5 7l4 4',
  right: 'M5 3l4 4-4 4',
  up: 'M3 9l4-4 4 4',
  down: 'M3 5l4 4 4-4',
} as const;

const PANS = [
  { icon: 'left', name: 'Move the view left', x: 1, y: 0 },
  { icon: 'up', name: 'Move the view up', x: 0, y: 1 },
  { icon: 'down', name: 'Move the view down', x: 0, y: -1 },
  { icon: 'right', name: 'Move the view right', x: -1, y: 0 },
] as const;

const PAN = 120;

function Button({ icon, name, onClick }: { icon: keyof typeof ICONS; name: string; onClick: () => void }) {
  return (
    <button type="button" className={css.button} aria-label={name} title={name} onClick={onClick}>
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d={ICONS[icon]} /></svg>
    </button>
  );
}

/** Zoom buttons; once zoomed, buttons that move the view as dragging does. */
export function Controls({ moved, setMoved }: { moved: boolean; setMoved: (moved: boolean) => void }) {
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
      <Button icon="in" name="Zoom in" onClick={() => zoom(() => flow.zoomIn())} />
      <Button icon="out" name="Zoom out" onClick={() => zoom(() => flow.zoomOut())} />
      {moved && <Button icon="fit" name="Show the whole map" onClick={() => setMoved(false)} />}
      {moved && PANS.map(({ icon, name, x, y }) => (
        <Button key={icon} icon={icon} name={name} onClick={() => pan(x, y)} />
      ))}
    </Panel>
  );
}
