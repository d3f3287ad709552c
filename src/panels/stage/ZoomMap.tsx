import { ReactFlow, useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useState } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { PLANE_MIN, wholeIn } from '../../geometry/stage-zones.ts';
import type { StageLayout } from '../../geometry/stage-zones.ts';
import css from './zoom.module.css';
import Lines from './Lines.tsx';
import { useStage } from './store.ts';
import { ZONE_NAMES, ZONE_PARTS } from './zones.tsx';
import type { Zoom } from './zones.tsx';
import { ZoomControls } from './ZoomControls.tsx';

// A step changes no node, only what each reads from the stage's store.
function nodesOf({ zones }: StageLayout): Node[] {
  return ZONE_NAMES.map((id) => ({
    id,
    type: id,
    position: { x: zones[id].x, y: zones[id].y },
    width: zones[id].width,
    height: zones[id].height,
    data: {},
    className: 'nopan nodrag',
    domAttributes: { 'aria-roledescription': '', 'data-place': id } as NonNullable<Node['domAttributes']>,
  }));
}
const EDGES: never[] = [];
const SMALLEST = 320 / PLANE_MIN.width;
const LARGEST = 4;

/** The gap between the middle and the backend, in parts of the map: nothing is drawn at its foot. */
function gapOf({ zones: { xen, dom0 }, width }: StageLayout): CSSProperties {
  const part = (length: number): string => `${(100 * length) / width}%`;
  return { '--gap': part(dom0.x - xen.x - xen.width), '--gap-right': part(width - dom0.x) } as CSSProperties;
}

/** Keeps all of the map in view until a person moves it. */
function Follow({ moved }: { moved: boolean }) {
  const { setViewport } = useReactFlow();
  const layout = useStage((state) => state.layout);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (width > 0 && height > 0 && !moved) void setViewport(wholeIn(layout, width, height), { duration: 0 });
  }, [moved, layout, width, height, setViewport]);
  return null;
}

interface BeginProps {
  zoom: Zoom;
  setMoved: (moved: boolean) => void;
}

/** Does what the button was pressed for that brought this map, once all of it is in view. */
function Begin({ zoom, setMoved }: BeginProps) {
  const { zoomIn, zoomOut } = useReactFlow();
  const root = useStore((state) => state.domNode);
  const ready = useStore((state) => state.width > 0 && state.height > 0);
  useEffect(() => {
    if (!ready || zoom === 'gesture') return;
    // The button that had the focus went with the other map.
    root?.querySelector<HTMLElement>(`[data-icon=${zoom}]`)?.focus({ preventScroll: true });
    setMoved(true);
    void (zoom === 'in' ? zoomIn() : zoomOut());
  }, [ready, root, zoom, setMoved, zoomIn, zoomOut]);
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
  const layout = useStage((state) => state.layout);
  const nodes = useMemo(() => nodesOf(layout), [layout]);
  return (
    <ReactFlow
      ref={asGroup}
      aria-label={w.map}
      className={css.map}
      style={gapOf(layout)}
      data-moved={moved || undefined}
      nodes={nodes}
      edges={EDGES}
      nodeTypes={ZONE_PARTS}
      defaultViewport={{ x: layout.x, y: layout.y, zoom: layout.zoom }}
      minZoom={SMALLEST}
      maxZoom={LARGEST}
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
      attributionPosition="bottom-right"
      selectionKeyCode={null}
      deleteKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      onMoveStart={(event) => {
        if (event !== null) setMoved(true);
      }}
    >
      <ViewportPortal><Lines /></ViewportPortal>
      {/* In this order: what was asked for begins from all of the map, and is not undone by showing that. */}
      <Follow moved={moved} />
      <Begin zoom={first} setMoved={setMoved} />
      {controls && <ZoomControls moved={moved} setMoved={setMoved} />}
    </ReactFlow>
  );
}
