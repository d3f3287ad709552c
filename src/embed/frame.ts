import { followAddress } from '../app/address.ts';
import { startEngine } from '../engine/client.ts';
import { mountFrame } from './mount.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('embed.html has no element with id "root"');
followAddress();
mountFrame(root, startEngine(), { search: location.search, fragment: location.hash, home: location.href });
