// The page on a made-up engine, for looking at: `npx vite`, then /tests/harness/.
import '../../src/app/tokens.css';
import '../../src/app/global.css';
import { mount } from '../../src/app/mount.tsx';
import { fakeEngine } from './fake-engine.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the harness has no element with id "root"');
const steps = Number(new URLSearchParams(location.search).get('steps') ?? 300);
mount(root, fakeEngine(steps));
