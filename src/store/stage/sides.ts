import type { NetdevView, SideView, StateTrackView, ThreadView } from '../view.ts';
import type { Now } from './now.ts';
import { BACK_DIR, BACK_ERROR, FRONT_DIR, FRONT_ERROR } from './slots.ts';

const SIDES = {
  domU: { dir: FRONT_DIR, device: 'xenbus:domU:vif-0', driver: null, netdev: 'eth0', error: FRONT_ERROR },
  dom0: { dir: BACK_DIR, device: 'xenbus:dom0:vif-5-0', driver: 'netback:be', netdev: 'vif5.0', error: BACK_ERROR },
} as const;

type Kernel = keyof typeof SIDES;

/** One kernel and its driver, apart from the rings. */
export function sideView(now: Now, kernel: Kernel, threads: readonly ThreadView[]): SideView {
  return {
    track: trackView(now, kernel),
    netdev: netdevView(now, SIDES[kernel].netdev),
    threads: threads.filter(({ party }) => party === kernel),
    log: now.get(`log:${kernel}`) ?? [],
    error: now.get(`xs:node:${SIDES[kernel].error}`)?.value ?? null,
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
    gone: now.isGone(`xs:node:${dir}`),
    hot,
  };
}

function netdevView(now: Now, name: string): NetdevView | null {
  const netdev = now.get(`netdev:${name}`);
  const gone = now.isGone(`netdev:${name}`);
  if (netdev === undefined && !gone) return null;
  const { registered, carrier, up } = netdev ?? { registered: false, carrier: false, up: false };
  return { name, gone, registered, carrier, up, hot: now.slotChange(`netdev:${name}`) !== undefined };
}
