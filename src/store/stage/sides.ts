import type { NetdevView, StageView, StateTrackView, ThreadView } from '../view.ts';
import type { Now } from './now.ts';
import { BACK_DIR, FRONT_DIR } from './slots.ts';

const SIDES = {
  domU: { dir: FRONT_DIR, device: 'xenbus:domU:vif-0', driver: null, netdev: 'eth0' },
  dom0: { dir: BACK_DIR, device: 'xenbus:dom0:vif-5-0', driver: 'netback:be', netdev: 'vif5.0' },
} as const;

type Kernel = keyof typeof SIDES;

/** One kernel and its driver, apart from the rings. */
export function sideView(now: Now, kernel: Kernel, threads: readonly ThreadView[]): StageView['frontend'] {
  return {
    track: trackView(now, kernel),
    netdev: netdevView(now, SIDES[kernel].netdev),
    threads: threads.filter(({ party }) => party === kernel),
    log: now.get(`log:${kernel}`) ?? [],
  };
}

function trackView(now: Now, kernel: Kernel): StateTrackView {
  const { dir, device, driver } = SIDES[kernel];
  const node = `xs:node:${dir}/state` as const;
  const value = now.get(node)?.value;
  const written = now.slotChange(node);
  const hot = (written !== undefined && written.before?.value !== written.after?.value) ||
    [device, driver].some((name) => {
      const change = name === null ? undefined : now.slotChange(name);
      return change !== undefined && change.before?.state !== change.after?.state;
    });
  return {
    published: value === undefined || value === '' ? null : Number(value),
    cached: now.get(device)?.state ?? null,
    driver: driver === null ? null : now.get(driver)?.state ?? null,
    hot,
  };
}

function netdevView(now: Now, name: string): NetdevView | null {
  const netdev = now.get(`netdev:${name}`);
  if (netdev === undefined) return null;
  const { registered, carrier, up } = netdev;
  return { name, registered, carrier, up, hot: now.slotChange(`netdev:${name}`) !== undefined };
}
