import { ReactFlow, useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useState } from 'react';
import { FIT_PADDING, LARGEST, SMALLEST, ZONES } from '../../geometry/stage-zones.ts';
import css from './map.module.css';
import { Wires } from './Wires.tsx';
import { MAP_NAME, ZONE_NAMES, ZONE_PARTS } from './zones.tsx';
import type { Zoom } from './zones.tsx';
import { ZoomControls } from './ZoomControls.tsx';

// Made once: a step changes no node, only what each reads from the stage's store.
const NODES: Node[] = ZONE_NAMES.map((id) => ({
  id,
  type: id,
  position: { x: ZONES[id].x, y: ZONES[id].y },
  width: ZONES[id].width,
  height: ZONES[id].height,
  data: {},
  className: 'nopan nodrag',
  domAttributes: { 'aria-roledescription': '' },
}));
const EDGES: never[] = [];
const FIT = { padding: FIT_PADDING, maxZoom: LARGEST, duration: 0 } as const;

/** Keeps the whole map in view while a person has not zoomed by themselves. */
function KeepFitted({ moved }: { moved: boolean }) {
  const { fitView } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (!moved && width > 0 && height > 0) void fitView(FIT);
  }, [fitView, moved, width, height]);
  return null;
}

/** Does what the button was pressed for that brought this map, once all of it is in view. */
function Begin({ zoom, setMoved }: { zoom: Zoom; setMoved: (moved: boolean) => void }) {
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const root = useStore((state) => state.domNode);
  const ready = useStore((state) => state.width > 0 && state.height > 0);
  useEffect(() => {
    if (!ready || zoom === 'gesture') return;
    // The button that had the focus went with the other map.
    root?.querySelector<HTMLElement>(`[data-icon=${zoom}]`)?.focus();
    void fitView(FIT).then(() => {
      setMoved(true);
      return zoom === 'in' ? zoomIn() : zoomOut();
    });
  }, [ready, root, zoom, setMoved, fitView, zoomIn, zoomOut]);
  return null;
}

/** A picture with names of its own is a group; the library calls every flow an application. */
function asGroup(root: HTMLDivElement | null): void {
  root?.setAttribute('role', 'group');
}

/**
 * The zones at their places and the lines between them; zoomed by buttons, a pinch, or Ctrl and the wheel.
 */
export default function ZoomMap({ controls, first }: { controls: boolean; first: Zoom }) {
  const [moved, setMoved] = useState(false);
  return (
    <ReactFlow
      ref={asGroup}
      aria-label={MAP_NAME}
      className={css.map}
      data-moved={moved || undefined}
      nodes={NODES}
      edges={EDGES}
      nodeTypes={ZONE_PARTS}
      fitView
      fitViewOptions={FIT}
      minZoom={SMALLEST}
      maxZoom={3}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      panOnDrag={moved}
      panOnScroll={false}
      zoomOnScroll={false}
      zoomOnDoubleClick={false}
      zoomOnPinch
      preventScrolling={false}
      attributionPosition="top-right"
      selectionKeyCode={null}
      deleteKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      onMoveStart={(event) => {
        if (event !== null) setMoved(true);
      }}
    >
      <ViewportPortal><Wires /></ViewportPortal>
      <KeepFitted moved={moved} />
      <Begin zoom={first} setMoved={setMoved} />
      {controls && <ZoomControls moved={moved} setMoved={setMoved} />}
    </ReactFlow>
  );
}
