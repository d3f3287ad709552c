/** What a page is, whose, and who maps it. Pure. */
import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import { PAGE_SIZE } from '../../../abi/ring.ts';
import type { RingPageView, RingView } from '../../../store/view.ts';
import { domainName, hex } from './pages.ts';
import type { MemoryPage } from './pages.ts';

/** Names and what to say; `ring`: the ring that the page is one of. */
export function pageFacts(page: MemoryPage, ring: RingView | undefined): readonly (readonly [string, string])[] {
  const { labels } = t;
  const mfn = [labels.mfn, hex(page.mfn)] as const;
  if (page.kind === 'other') return [mfn, [labels.holds, t.otherPage]];
  if (page.kind === 'grants') return [mfn, [labels.life, fill(t.xenPage, { who: domainName(5) })]];
  if (page.kind === 'shared') return [mfn, [labels.life, fill(t.xenPage, { who: domainName(page.dom) })]];
  const own = ring?.pages[page.index];
  if (ring === undefined || own === undefined) return [mfn];
  const { life, ref, handle } = own;
  return [
    [labels.gfn, fill(t.gfnOf, { gfn: hex(own.gfn), who: domainName(5) })],
    mfn,
    [labels.holds, holds(own)],
    [labels.life, fill(t.lives[life], { ref: ref ?? t.none, handle: handle ?? t.none })],
    ...(ring.vaddr === null || life !== 'mapped' ? [] : [[labels.mapped, address(ring.vaddr, page.index)] as const]),
  ];
}

function holds({ index, entries }: RingPageView): string {
  if (entries === null) return t.holdsNothing;
  return fill(index === 0 ? t.holdsHeader : t.holdsSlots, { from: entries[0], to: entries[1] });
}

/** Exact: addresses have more bits than a number. */
function address(vaddr: number, index: number): string {
  return `0x${(BigInt(vaddr) + BigInt(index * PAGE_SIZE)).toString(16)}`;
}
