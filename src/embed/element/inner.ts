/** ring-scope.js in the element's frame: draws it, as its root says. */
// Here, and not with the frame, whose own styles come after and win.
import '../../app/tokens.css';
import '../../app/global.css';
import { startEngine } from '../../engine/client.ts';
import { mountFrame } from '../mount.tsx';
import { tell } from '../tell.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the frame of <ring-scope> has no element with id "root"');
const { search = '', fragment = '', home } = root.dataset;
mountFrame(root, startEngine(), { search, fragment, home, reload: (link) => tell({ type: 'reload', link }) });
