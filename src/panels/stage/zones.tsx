import { memo } from 'react';
import { Dom0, DomU } from './Domain.tsx';
import { Key } from './Key.tsx';
import { Toolstack } from './Toolstack.tsx';
import { Xen } from './Xen.tsx';
import { Xenstore } from './Xenstore.tsx';

/** How a person begins to zoom: by a button, or by a gesture that the map takes up once it is there. */
export type Zoom = 'in' | 'out' | 'gesture';

/** What stands in each zone of the map. */
export const ZONE_PARTS = {
  domU: memo(DomU),
  xenstore: memo(Xenstore),
  xen: memo(Xen),
  dom0: memo(Dom0),
  toolstack: memo(Toolstack),
  key: memo(Key),
};

export const ZONE_NAMES = Object.keys(ZONE_PARTS) as (keyof typeof ZONE_PARTS)[];
