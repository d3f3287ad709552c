import { ReactFlow, useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { PLANE_MIN, wholeIn } from '../../geometry/stage-zones.ts';
import type { StageLayout } from '../../geometry/stage-zones.ts';
import css from './map.module.css';
import Lines from './Lines.tsx';
import { useStage, useStageStore } from './store.ts';
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
/** Part of the view that is left free around a zone. */
const ZONE_PADDING = 0.04;
const TAKES_MS = 280;

function takes(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : TAKES_MS;
}

/** The gap between the middle and the backend, in parts of the map: nothing is drawn at its foot. */
function gapOf({ zones: { xen, dom0 }, width }: StageLayout): CSSProperties {
  const part = (length: number): string => `${(100 * length) / width}%`;
  return { '--gap': part(dom0.x - xen.x - xen.width), '--gap-right': part(width - dom0.x) } as CSSProperties;
}

interface MovedProps {
  moved: boolean;
  setMoved: (moved: boolean) => void;
}

/** Keeps in view what a person has asked for: all of the map, or one zone, until they move by themselves. */
function Follow({ moved, setMoved }: MovedProps) {
  const { setViewport, fitBounds } = useReactFlow();
  const layout = useStage((state) => state.layout);
  const near = useStage((state) => state.near);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const was = useRef(near);
  const ready = width > 0 && height > 0;
  useEffect(() => {
    if (!ready) return;
    if (near !== null) {
      setMoved(true);
      void fitBounds(layout.zones[near], { padding: ZONE_PADDING, duration: takes() });
    } else if (was.current !== null) setMoved(false);
    was.current = near;
  }, [near, ready, layout, fitBounds, setMoved]);
  useEffect(() => {
    if (ready && !moved && near === null) void setViewport(wholeIn(layout, width, height), { duration: 0 });
  }, [ready, moved, near, layout, width, height, setViewport]);
  return null;
}

/** Does what the button was pressed for that brought this map, once all of it is in view. */
function Begin({ zoom, setMoved }: { zoom: Zoom } & Pick<MovedProps, 'setMoved'>) {
  const { zoomIn, zoomOut } = useReactFlow();
  const store = useStageStore();
  const root = useStore((state) => state.domNode);
  const ready = useStore((state) => state.width > 0 && state.height > 0);
  useEffect(() => {
    if (!ready || zoom === 'gesture') return;
    // The button that had the focus went with the other map.
    const icon = zoom === 'zone' ? store.get().near : zoom;
    root?.querySelector<HTMLElement>(`[data-icon=${icon}]`)?.focus({ preventScroll: true });
    if (zoom === 'zone') return;
    setMoved(true);
    void (zoom === 'in' ? zoomIn() : zoomOut());
  }, [ready, root, store, zoom, setMoved, zoomIn, zoomOut]);
  return null;
}

/** A picture with names of its own is a group; the library calls every flow an application. */
function asGroup(root: HTMLDivElement | null): void {
  root?.setAttribute('role', 'group');
}

/**
 * The zones at their places and the lines between them; zoomed by buttons, a zone's head, a pinch, or Ctrl and the
 * wheel.
 */
export default function ZoomMap({ controls, first }: { controls: boolean; first: Zoom }) {
  const [moved, setMoved] = useState(false);
  const store = useStageStore();
  const layout = useStage((state) => state.layout);
  const nodes = useMemo(() => nodesOf(layout), [layout]);
  const toWhole = (to: boolean): void => {
    setMoved(to);
    if (!to) store.set({ near: null });
  };
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
      <Follow moved={moved} setMoved={setMoved} />
      <Begin zoom={first} setMoved={setMoved} />
      {controls && <ZoomControls moved={moved} setMoved={toWhole} />}
    </ReactFlow>
  );
}
