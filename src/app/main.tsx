import { startEngine } from '../engine/client.ts';
import { mount } from './mount.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root"');
mount(root, startEngine());
