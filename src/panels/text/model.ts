/** Everything that the stage shows, as text with headings, lists and tables. Pure. */
import { endingWords } from '../../content/ending.ts';
import { textWords as t } from '../../content/text.ts';
import { controlsWords } from '../../content/controls.ts';
import { fill, words } from '../../content/words.ts';
import { flagWords } from '../../parts/grant-flags.ts';
import { hex } from '../../parts/values.ts';
import type { Described } from '../../parts/describe.ts';
import type { Config } from '../../store/store.ts';
import type {
  GrantsView, PartyId, PortView, RingView, SideView, StageView, XsKeyView,
} from '../../store/view.ts';

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] };

export interface Section {
  title: string;
  blocks: readonly Block[];
}

/** Where we are, and the words of it; the state itself is the stage's. */
export interface Moment {
  scenario: string;
  config: Config;
  position: number;
  length: number;
  /** Null where the run has no chapters. */
  chapter: { n: number; count: number; title: string } | null;
  /** Null before the first step. */
  step: { thread: string; shown: string; title: string; changes: readonly Described[]; changed: number } | null;
  /** What could run next. */
  next: readonly { thread: string; title: string }[];
}

/** Changes of a step that are named; the others are counted. */
const CHANGES = 12;

/** A dash where there is nothing. */
const NONE = '–';

function text(line: string): Block {
  return { kind: 'text', text: line };
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', caption, head, rows };
}

function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function orNone(value: number | null): string {
  return value === null ? NONE : String(value);
}

/** The state at a moment, section by section, in the order in which a person would ask. */
export function tell(stage: StageView, moment: Moment): Section[] {
  const { sections } = t;
  return [
    { title: sections.step, blocks: stepBlocks(moment) },
    { title: sections.states, blocks: stateBlocks(stage) },
    { title: sections.rings, blocks: ringBlocks(stage) },
    { title: sections.grants, blocks: grantBlocks(stage.grants) },
    { title: sections.xenstore, blocks: xenstoreBlocks(stage.xenstore) },
    { title: sections.ports, blocks: portBlocks(stage.ports) },
    { title: sections.threads, blocks: threadBlocks(stage) },
    { title: sections.logs, blocks: [...logBlocks(stage.frontend, 'domU'), ...logBlocks(stage.backend, 'dom0')] },
    { title: sections.next, blocks: nextBlocks(stage, moment) },
  ];
}

function stepBlocks({ config, position, chapter, step }: Moment): Block[] {
  const { txPages, rxPages, queues, maxGrantFrames, backend } = config;
  const sliders = fill(t.step.config, {
    tx: txPages, rx: rxPages, queues, frames: maxGrantFrames, backend: controlsWords[backend],
  });
  const blocks = [text(sliders)];
  if (chapter !== null) blocks.push(text(fill(t.step.chapter, chapter)));
  if (step === null) return [...blocks, text(t.step.begin)];
  const { thread, shown, title, changes, changed } = step;
  blocks.push(text(fill(t.step.line, { n: position, thread, shown, title })));
  const named = changes.slice(0, CHANGES).map((change) => fill(t.step.changed, { ...change }));
  const more = changed - named.length;
  if (more > 0 && named.length > 0) named.push(fill(t.step.more, { count: more }));
  return [...blocks, ...(named.length === 0 ? [text(t.step.nothing)] : list(named))];
}

function stateText(value: number | null): string {
  return value === null ? NONE : `${value} ${endingWords.states[value] ?? ''}`.trim();
}

function stateBlocks({ frontend, backend, guest, queues }: StageView): Block[] {
  const tracks = [frontend.track, backend.track];
  const published = tracks.map((track) => (track.gone ? t.states.gone : stateText(track.published)));
  const driver = [t.states.keepsNone, stateText(backend.track.driver)];
  const notes = [
    ...(guest === null ? [] : [t.states.guest[guest]]),
    fill(t.states.queues, { asked: queues.asked, made: queues.made ?? NONE }),
    ...[frontend, backend].flatMap(netdevLine),
    ...errorLine(frontend, 'domU'),
    ...errorLine(backend, 'dom0'),
  ];
  return [
    table(t.states.caption, [t.states.copy, t.states.front, t.states.back], [
      [t.states.published, ...published],
      [t.states.cached, ...tracks.map(({ cached }) => stateText(cached))],
      [t.states.driver, ...driver],
    ]),
    ...list(notes),
  ];
}

function netdevLine({ netdev }: SideView): string[] {
  if (netdev === null) return [];
  if (netdev.gone) return [fill(t.states.netdevGone, { name: netdev.name })];
  const what = [
    netdev.registered ? t.states.registered : t.states.unregistered,
    netdev.carrier ? t.states.carrier : t.states.noCarrier,
    netdev.up ? t.states.up : t.states.down,
  ];
  return [fill(t.states.netdev, { name: netdev.name, what: what.join(', ') })];
}

function errorLine({ error }: SideView, party: 'domU' | 'dom0'): string[] {
  return error === null ? [] : [fill(t.states.error, { who: words.party[party], error })];
}

function nameOf({ direction, queue }: RingView): string {
  return `${direction.toUpperCase()} ring of queue ${queue}`;
}

function ringBlocks({ rings, past }: StageView): Block[] {
  if (rings.length === 0) return [text(past.rings ? t.rings.gone : t.rings.none)];
  return [...rings.flatMap(pageBlocks), indexTable(rings)];
}

function pageBlocks(ring: RingView): Block[] {
  const { entries, slotSize, pages, straddles } = ring;
  const what = fill(entries === 0 ? t.rings.notMade : t.rings.ring, {
    name: nameOf(ring), entries, size: slotSize, pages: pages.length,
  });
  const { page, gfn, mfn, life, ref, handle, entries: range } = t.rings;
  const rows = pages.map((one) => [
    String(one.index),
    hex(one.gfn),
    hex(one.mfn),
    one.forgotten ? t.rings.forgotten : `${t.rings.lives[one.life]}${one.freed ? t.rings.freed : ''}`,
    orNone(one.ref),
    orNone(one.handle),
    one.entries === null ? t.rings.untouched : fill(t.rings.range, { from: one.entries[0], to: one.entries[1] }),
  ]);
  return [
    table(`${what}${whereInDom0(ring)}`, [page, gfn, mfn, life, ref, handle, range], rows),
    ...list(straddles.map((one) => fill(t.rings.straddle, one))),
  ];
}

function whereInDom0({ pages, vaddr }: RingView): string {
  if (pages.some((one) => one.forgotten)) return t.rings.givenUp;
  // Exact for page-aligned addresses of the upper half too, though a number has only 53 bits.
  return vaddr === null ? t.rings.notMapped : fill(t.rings.vaddr, { vaddr: `0x${BigInt(vaddr).toString(16)}` });
}

const SHARED = ['req_prod', 'req_event', 'rsp_prod', 'rsp_event'] as const;
const FRONT = ['req_prod_pvt', 'rsp_cons'] as const;
const BACK = ['rsp_prod_pvt', 'req_cons'] as const;

function indexTable(rings: readonly RingView[]): Block {
  const head = [
    t.rings.ring_,
    ...SHARED.map((index) => fill(t.rings.shared, { index })),
    ...FRONT.map((index) => fill(t.rings.front, { index })),
    ...BACK.map((index) => fill(t.rings.back, { index })),
  ];
  const rows = rings.map((ring) => [
    nameOf(ring),
    ...SHARED.map((index) => orNone(ring.header?.[index] ?? null)),
    ...FRONT.map((index) => orNone(ring.front?.[index] ?? null)),
    ...BACK.map((index) => orNone(ring.back?.[index] ?? null)),
  ]);
  return table(t.rings.indexes, head, rows);
}

function grantBlocks({ frames, maxFrames, rows, folds }: GrantsView): Block[] {
  const { ref, ring, domid, frame, flags, bytes, handle, mfn } = t.grants;
  const head = [ref, ring, domid, frame, flags, bytes, handle, mfn];
  const lines = rows.map((row) => [
    String(row.ref), row.ring, String(row.domid), hex(row.frame), `${hex(row.flags)}: ${flagWords(row.flags)}`, row.bytes,
    orNone(row.handle), row.mfn === null ? NONE : hex(row.mfn),
  ]);
  return [
    text(fill(t.grants.frames, { frames, most: maxFrames })),
    rows.length === 0 ? text(t.grants.none) : table(t.grants.caption, head, lines),
    ...list(folds.map((fold) => fill(fold.from === fold.to ? t.grants.one : t.grants.fold, { ...fold }))),
  ];
}

function xenstoreBlocks({ frontend, backend }: StageView['xenstore']): Block[] {
  return [keyBlock(t.xenstore.frontend, frontend), keyBlock(t.xenstore.backend, backend)];
}

function keyBlock(name: string, keys: readonly XsKeyView[]): Block {
  if (keys.length === 0) return text(fill(t.xenstore.none, { name }));
  const { key, value, writer, perms, watchers } = t.xenstore;
  const rows = keys.map((one) => [
    one.path, one.value, one.writer === null ? NONE : words.party[one.writer], one.perms.join(' '), parties(one.watchers),
  ]);
  return table(name, [key, value, writer, perms, watchers], rows);
}

function parties(ids: readonly PartyId[]): string {
  return ids.map((id) => words.party[id]).join(', ') || NONE;
}

function yesNo(on: boolean): string {
  return on ? t.yes : t.no;
}

function portBlocks(ports: readonly PortView[]): Block[] {
  if (ports.length === 0) return [text(t.ports.none)];
  const { domain, port, purpose, state, other, pending, masked } = t.ports;
  const rows = ports.map((one) => [
    String(one.dom),
    String(one.port),
    one.purpose,
    one.state,
    fill(one.state === 'unbound' ? t.ports.unbound : t.ports.bound, { dom: one.remoteDom, port: one.remotePort }),
    yesNo(one.pending),
    yesNo(one.masked),
  ]);
  return [table(t.ports.caption, [domain, port, purpose, state, other, pending, masked], rows)];
}

function threadBlocks({ frontend, backend, toolstack }: StageView): Block[] {
  const threads = [...(toolstack === null ? [] : [toolstack]), ...frontend.threads, ...backend.threads];
  if (threads.length === 0) return [text(t.threads.none)];
  const rows = threads.map(({ name, party, doing }) => [name, words.party[party], doing]);
  return [table(t.threads.caption, [t.threads.thread, t.threads.party, t.threads.doing], rows)];
}

function logBlocks({ log }: SideView, party: 'domU' | 'dom0'): Block[] {
  const who = words.party[party];
  return log.length === 0 ? [text(fill(t.logs.silent, { who }))] : [text(who), ...list(log)];
}

function nextBlocks({ acts }: StageView, { next }: Moment): Block[] {
  const run = next.map((one) => fill(t.next.line, one));
  const possible = acts.map(({ title, refusal }) =>
    refusal === null ? fill(t.next.act, { title }) : fill(t.next.refused, { title, why: refusal }));
  return [...(run.length === 0 ? [text(t.next.none)] : list(run)), ...list(possible)];
}

/** What all of it is about: scenario and step. */
export function headline({ scenario, position, length }: Moment): string {
  return fill(t.where, { scenario, n: position, length });
}

/** The same as plain text in the manner of Markdown, to be copied. */
export function plainText(title: string, sections: readonly Section[]): string {
  const parts = sections.map((section) => `## ${section.title}\n\n${section.blocks.map(plainBlock).join('\n\n')}`);
  return `# ${title}\n\n${parts.join('\n\n')}\n`;
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'table': {
      const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
      const rule = line(block.head.map(() => '---'));
      return [`${block.caption}:`, '', line(block.head), rule, ...block.rows.map(line)].join('\n');
    }
  }
}

/** A bar would end the cell. */
function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
