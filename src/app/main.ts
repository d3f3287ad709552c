import { startEngine } from '../engine/client.ts';
import { leadToFrame } from './to-frame.ts';

if (!leadToFrame()) void begin();

async function begin(): Promise<void> {
  // A visitor without a link sees the usual run, which the engine opens before the page is there to ask for it.
  const opens = location.hash === '';
  // At once: the engine and the page, which is most of the code, then load and begin side by side.
  const engine = startEngine({ opens });
  const { mount } = await import('./mount.tsx');
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element with id "root"');
  mount(root, engine, opens);
}
