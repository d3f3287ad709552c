// Shows the stage alone, at the moment named in the address: stage.html?at=mid&theme=dark&height=510
import { createRoot } from 'react-dom/client';
import '../../src/app/tokens.css';
import { Stage } from '../../src/panels/stage/Stage.tsx';
import { MOMENTS } from '../panels/stage/mock.ts';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const moment = MOMENTS[query.get('at') ?? 'mid'];
if (moment === undefined) throw new Error(`no such moment; there are ${Object.keys(MOMENTS).join(', ')}`);
const root = document.querySelector<HTMLElement>('#root');
if (root === null) throw new Error('stage.html has no element with id "root"');
const height = query.get('height');
if (height !== null) root.style.height = `${height}px`;
createRoot(root).render(<Stage view={moment()} />);
