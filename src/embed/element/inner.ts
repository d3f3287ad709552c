/** ring-scope.js in the element's frame: draws it, as its root says. */
import { startEngine } from '../../engine/client.ts';
import { mountFrame } from '../mount.tsx';
import { tell } from '../tell.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the frame of <ring-scope> has no element with id "root"');
const { search = '', fragment = '', home } = root.dataset;
mountFrame(root, startEngine(), { search, fragment, home, reload: (link) => tell({ type: 'reload', link }) });
