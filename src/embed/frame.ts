// Here, and not with the page, whose own styles come after and win: in one chunk no order of sheets is promised.
import '../app/tokens.css';
import '../app/global.css';
import { startEngine } from '../engine/client.ts';
import { mountFrame } from './mount.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('embed.html has no element with id "root"');
mountFrame(root, startEngine());
