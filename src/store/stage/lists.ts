// What is listed on the stage: entries, queues, pairs of ports. Pure.
import type { GrantRowView, GrantsView, PageLife, PortView, RingView, XsKeyView } from '../view.ts';
import { isPageHot, livesSummary } from './words.ts';
import type { Side } from './words.ts';

export function ringOf(rings: readonly RingView[], queue: number, direction: 'tx' | 'rx'): RingView | null {
  return rings.find((ring) => ring.queue === queue && ring.direction === direction) ?? null;
}

export interface QueueSummary {
  readonly text: string;
  readonly hot: boolean;
}

/** What the rings of a queue are, and whether the step changed them as that side has them. */
export function queueSummary(rings: readonly RingView[], side: Side): QueueSummary {
  const pages = rings.flatMap((ring) => ring.pages);
  return { text: livesSummary(pages.map((page) => page.life)), hot: pages.some((page) => isPageHot(page, side)) };
}

export type GrantItem =
  | { kind: 'fold'; key: string; from: number; to: number; label: string }
  | {
    kind: 'queue'; key: string; queue: number; from: number; to: number; count: number; text: string;
    hot: boolean;
  }
  | { kind: 'row'; key: string; row: GrantRowView };

/**
 * The grant list, ascending: the selected queue's entries as rows, every other queue's folded into one, the
 * pools folded as the view says. Entries that no ring page claims any more stay rows.
 */
export function grantItems(grants: GrantsView, rings: readonly RingView[], selected: number): GrantItem[] {
  const queueOf = new Map<number, { queue: number; life: PageLife }>();
  for (const ring of rings) {
    for (const page of ring.pages) {
      if (page.ref !== null) queueOf.set(page.ref, { queue: ring.queue, life: page.life });
    }
  }
  const items: (GrantItem & { at: number })[] = grants.folds.map((fold) =>
    ({ kind: 'fold', key: `f${fold.from}`, ...fold, at: fold.from }));
  const folded = new Map<number, { rows: GrantRowView[]; lives: PageLife[] }>();
  for (const row of grants.rows) {
    const owner = queueOf.get(row.ref);
    if (owner === undefined || owner.queue === selected) {
      items.push({ kind: 'row', key: `r${row.ref}`, row, at: row.ref });
    } else {
      const fold = folded.get(owner.queue) ?? { rows: [], lives: [] };
      fold.rows.push(row);
      fold.lives.push(owner.life);
      folded.set(owner.queue, fold);
    }
  }
  for (const [queue, { rows, lives }] of folded) {
    const refs = rows.map((row) => row.ref);
    const from = Math.min(...refs);
    items.push({
      kind: 'queue', key: `q${queue}`, queue, from, to: Math.max(...refs), count: rows.length,
      text: livesSummary(lives), hot: rows.some((row) => row.hot), at: from,
    });
  }
  return items.sort((a, b) => a.at - b.at);
}

/** The list's item to keep in view: the first that the current step changed; -1 for none. */
export function hotItem(items: readonly GrantItem[]): number {
  return items.findIndex((item) => item.kind === 'row' ? item.row.hot : item.kind === 'queue' && item.hot);
}

export interface PortPair {
  readonly key: string;
  readonly purpose: string;
  readonly front: PortView | null;
  readonly back: PortView | null;
}

/** domU's ports in order, each with the port of dom0 bound to it; ports of dom0 without a peer come last. */
export function portPairs(ports: readonly PortView[]): PortPair[] {
  const left = ports.filter((port) => port.dom === 5);
  const right = new Map(ports.filter((port) => port.dom === 0).map((port) => [port.port, port]));
  const pairs = left.map((front): PortPair => {
    const peer = front.state === 'interdomain' ? right.get(front.remotePort) ?? null : null;
    if (peer !== null) right.delete(peer.port);
    return { key: `f${front.port}`, purpose: front.purpose, front, back: peer };
  });
  return [...pairs, ...[...right.values()].map((back): PortPair =>
    ({ key: `b${back.port}`, purpose: back.purpose, front: null, back }))];
}

/** The permissions of a directory's first key, made with it: shown once, so that only keys with others are marked. */
export function usualPerms([first]: readonly XsKeyView[]): string {
  return first?.perms.join() ?? '';
}
