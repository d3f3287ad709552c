import { ReactFlow, useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, useEffect, useState } from 'react';
import { ZONES } from '../../geometry/stage-zones.ts';
import { Controls } from './Controls.tsx';
import { Dom0, DomU } from './Domain.tsx';
import css from './map.module.css';
import { Key, Toolstack } from './Toolstack.tsx';
import { Wires } from './Wires.tsx';
import { Xen } from './Xen.tsx';
import { Xenstore } from './Xenstore.tsx';

const TYPES = {
  domU: memo(DomU), xenstore: memo(Xenstore), xen: memo(Xen), dom0: memo(Dom0), toolstack: memo(Toolstack),
  key: memo(Key),
};

// Made once: a step changes no node, only what each reads from the stage's store.
const NODES: Node[] = (Object.keys(TYPES) as (keyof typeof TYPES)[]).map((id) => ({
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
const FIT = { padding: 0.012, maxZoom: 1.6, duration: 0 } as const;

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

/** A picture with names of its own is a group; the library calls every flow an application. */
function asGroup(root: HTMLDivElement | null): void {
  root?.setAttribute('role', 'group');
}

/**
 * The zones at their places and the lines between them; zoomed by buttons, a pinch, or Ctrl and the wheel.
 */
export const StageMap = memo(function StageMap({ controls }: { controls: boolean }) {
  const [moved, setMoved] = useState(false);
  return (
    <ReactFlow
      ref={asGroup}
      aria-label="Stage: who holds what at this step"
      className={css.map}
      data-moved={moved || undefined}
      nodes={NODES}
      edges={EDGES}
      nodeTypes={TYPES}
      fitView
      fitViewOptions={FIT}
      minZoom={0.4}
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
      {controls && <Controls moved={moved} setMoved={setMoved} />}
    </ReactFlow>
  );
});
