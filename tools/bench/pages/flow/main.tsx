// What a page with React Flow on it costs before it does anything: fifty nodes, and nothing else.
import '@xyflow/react/dist/style.css';
import { ReactFlow } from '@xyflow/react';
import { createRoot } from 'react-dom/client';

const NODES = 50;
const COLUMNS = 10;

const nodes = Array.from({ length: NODES }, (_, n) => ({
  id: String(n),
  position: { x: (n % COLUMNS) * 180, y: Math.floor(n / COLUMNS) * 80 },
  data: { label: `node ${n}` },
}));

createRoot(document.getElementById('root')!).render(<ReactFlow defaultNodes={nodes} defaultEdges={[]} fitView />);
