// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { stageLayout } from '../../../src/geometry/stage-zones.ts';
import { grantItems } from '../../../src/store/stage/lists.ts';
import { Stage } from '../../../src/panels/stage/Stage.tsx';
import { ringChoice } from '../../../src/store/ring-choice.ts';
import { appStore } from '../../../src/store/store.ts';
import { xenstoreChoice } from '../../../src/store/xenstore-choice.ts';
import type { GrantRowView, StageView } from '../../../src/store/view.ts';
import { freshPage } from '../../harness/page.ts';
import { Watched } from '../../store/stage/run.ts';
import { before, connected, midMapping, published } from './mock.ts';

type Within = ReturnType<typeof within>;

/** A control of a zone. The library hides the map until it is measured: never, in a page without layout. */
function button(where: Within, name: string | RegExp): HTMLElement {
  return where.getByRole('button', { name, hidden: true });
}

function cells(where: Within, table: RegExp, row: RegExp): HTMLElement[] {
  const found = within(where.getByRole('table', { name: table, hidden: true }));
  return within(found.getByRole('row', { name: row, hidden: true })).getAllByRole('cell', { hidden: true });
}

function zone(name: string): Within {
  return within(screen.getByRole('region', { name, hidden: true }));
}

function show(view: StageView): (next: StageView) => void {
  const { rerender } = render(<Stage view={view} />);
  return (next) => rerender(<Stage view={next} />);
}

beforeEach(() => {
  ringChoice.setState({ ring: null, slot: '' });
  xenstoreChoice.setState(xenstoreChoice.getInitialState());
});

describe('Stage', () => {
  it('before anything says what will appear, and shows the toolstack at work', () => {
    show(before());
    expect(zone('domU 5').getByText(/No ring pages yet/)).toBeTruthy();
    expect(zone('dom0').getByText(/Nothing mapped yet/)).toBeTruthy();
    expect(zone('Xen').getByText(/No ring entry yet/)).toBeTruthy();
    expect(zone('xenstore').getAllByText(/Not there yet/)).toHaveLength(2);
    expect(zone('toolstack').getByText('write_frontend_key', { exact: false })).toBeTruthy();
  });

  it('has no toolstack while it does not act', () => {
    show(midMapping());
    expect(screen.queryByRole('region', { name: 'toolstack', hidden: true })).toBeNull();
  });

  it('names each side’s state, and describes it by its three copies', () => {
    show(connected(4, 1));
    const track = zone('dom0').getByRole('group', { name: 'Backend state: 2 InitWait', hidden: true });
    const copies = within(track).getByRole('group', { name: 'The three copies of this state', hidden: true });
    expect(copies.textContent).toContain('xenstore node2 InitWait');
    expect(copies.textContent).toContain('be->state4 Connected');
    expect(copies.textContent).toContain('3 Initialised: netfront and netback never use it');
    expect(zone('dom0').getByText('driver: 4').title).toBe('driver: 4 Connected, not written');
    expect(button(zone('domU 5'), 'Frontend state: 4 Connected: who wrote this?')).toBeTruthy();
  });

  it('says of every page whose it is, its reference and its handle', () => {
    show(midMapping());
    expect(button(zone('domU 5'),
      'TX page 2, guest frame 0x1a3c2, mapped by dom0, grant reference 2058, handle 2, entries 677 to 1018; '
      + 'entry 677 straddles this seam: 4 bytes before, 8 after: who wrote this?')).toBeTruthy();
    expect(button(zone('domU 5'), /^TX page 3, .*granted, not mapped/)).toBeTruthy();
    expect(button(zone('dom0'), /^TX page 2, mapped at offset 0x2000/)).toBeTruthy();
    expect(button(zone('dom0'), /^RX page 0, not mapped here/)).toBeTruthy();
  });

  it('shows a grant entry with its lamps in words, its bytes, and what Xen keeps of it', () => {
    show(midMapping());
    const row = zone('Xen').getByRole('row', { name: /^2058/, hidden: true });
    expect(within(row).getAllByRole('cell', { hidden: true }).map((cell) => cell.getAttribute('aria-label') ?? cell.textContent)).toEqual([
      '0', '1a3c2', 'permit, reading, writing', '1900 0000 c2a30100', '2', '8f3ce',
    ]);
    expect(row.dataset['hot']).toBe('true');
    expect(zone('Xen').getByText('TX and RX data pools')).toBeTruthy();
    expect(zone('Xen').getByText('grant table of domain 5: 5 of 64 frames')).toBeTruthy();
  });

  it('says who wrote a key and who watches it', () => {
    show(published());
    const [state] = zone('xenstore').getAllByText('state').map((name: HTMLElement) => name.closest('li'));
    expect(state?.textContent).toBe('state4');
    expect(within(state).getByRole('button', { hidden: true }).getAttribute('aria-label'))
      .toMatch(/^\/local\/domain\/5\/device\/vif\/0\/state = "4"; written by domU 5, watched by dom0; /);
    expect(state?.dataset['hot']).toBe('true');
    expect(state?.title).toContain('domain 5 owns it; the others: no access; domain 0: may read');
  });

  it('shows the indexes of both rings', () => {
    show(connected(4, 1));
    const text = (cell: HTMLElement): string | null => cell.textContent;
    expect(cells(zone('domU 5'), /^ring indexes/, /^req_prod /).map(text)).toEqual(['0', '1024']);
    expect(cells(zone('dom0'), /^indexes of netback/, /^req_cons/).map(text)).toEqual(['0', '0']);
  });

  it('says of a ring that its pages are being mapped until the address of the whole is known', () => {
    const view = midMapping();
    const [tx, rx] = view.rings;
    if (tx === undefined || rx === undefined) throw new Error('the mock has no rings');
    const pages = rx.pages.map((page) => ({ ...page, handle: null }));
    show({ ...view, rings: [{ ...tx, vaddr: null }, { ...rx, vaddr: null, pages }] });
    expect(zone('dom0').getByText('TX ring, partly mapped')).toBeTruthy();
    expect(zone('dom0').getByText('RX ring, not mapped')).toBeTruthy();
  });

  it('says how many more entries there are than show at once, what they are, and leads to the lens that shows all', async () => {
    const view = midMapping();
    const [row] = view.grants.rows;
    if (row === undefined) throw new Error('the mock has no entry');
    const rows = Array.from({ length: 40 }, (_, n) => ({ ...row, ref: 3000 + n }));
    show({ ...view, grants: { ...view.grants, rows } });
    const name = /^\d+ more entries: scroll the list, or open the grants lens/;
    const [more]: HTMLElement[] = await zone('Xen').findAllByRole('button', { name, hidden: true });
    fireEvent.click(more!);
    expect(appStore.getState()).toMatchObject({ view: 'lens', lens: 'grants', lensOpen: true });
  });

  it('says that other queues have a line each, where they do, and how many pairs of ports do not show', async () => {
    const queues = new Watched(16, 8, 256);
    show(queues.chapter('mapping'));
    const [entries] = await zone('Xen').findAllByRole('button', {
      name: /^\d+ more lines: entries of queue 0, and one line for all of each other queue\./, hidden: true,
    });
    expect(entries?.textContent).toMatch(/^\d+ more$/);
    const ports = zone('Xen').getByRole('button', { name: /^14 more pairs of ports: scroll the list, or open the events lens/, hidden: true });
    expect(ports.textContent).toBe('14 more');
    fireEvent.click(ports);
    expect(appStore.getState()).toMatchObject({ view: 'lens', lens: 'events', lensOpen: true });
  });

  it('says how many more keys there are than show at once', () => {
    const view = published();
    const [key] = view.xenstore.frontend;
    if (key === undefined) throw new Error('the mock has no key');
    const many = Array.from({ length: 25 }, (_, n) => ({ ...key, path: `${key.path}${n}` }));
    show({ ...view, xenstore: { frontend: many, backend: many.slice(0, 6), pending: null } });
    const more: HTMLElement[] = zone('xenstore').getAllByRole('button', { name: / more/, hidden: true });
    expect(more.map((found) => [found.textContent, found.getAttribute('aria-label')])).toEqual([
      ['20 more', '20 more: keys of device/vif/0, open the xenstore lens'],
      ['1 more', '1 more: keys of backend/vif/5/0, open the xenstore lens'],
    ]);
    fireEvent.click(more[1]!);
    expect(appStore.getState()).toMatchObject({ view: 'lens', lens: 'xenstore', lensOpen: true });
    expect(xenstoreChoice.getState()).toEqual({ view: 'directories', text: '', asked: 'backend/vif/5/0' });
  });

  it('shows port pairs with pending and masked in words', () => {
    show(connected(4, 1));
    const list = zone('Xen').getByRole('group', { name: 'Event channels', hidden: true });
    const pair = within(list).getAllByRole('listitem', { hidden: true })[1]!;
    expect(pair.textContent).toBe('queue 0 RXdomU12bounddom041');
    const says = within(pair).getAllByRole('button', { hidden: true }).map((value) => value.getAttribute('aria-label'));
    expect(says).toEqual([
      'domU port 12', 'pending of domU port 12: not pending', 'masked of domU port 12: not masked', 'domU port 12: bound',
      'dom0 port 41', 'pending of dom0 port 41: pending', 'masked of dom0 port 41: masked',
    ].map((what) => `${what}: who wrote this?`));
  });

  it('marks the thread that runs', () => {
    show(midMapping());
    const doing = zone('dom0').getByText('xenbus_map_ring_valloc_pv').textContent;
    expect(doing).toBe('running: xenbus_map_ring_valloc_pv');
  });

  it('lets a person choose the queue that is shown page by page', () => {
    show(connected(16, 8));
    const rows = () => zone('Xen').getAllByRole('row', { name: /^655|^656/, hidden: true }).length;
    const queues = zone('domU 5').getAllByRole('button', { name: /^q\d/, hidden: true });
    expect(queues).toHaveLength(8);
    expect(queues[0]?.getAttribute('aria-pressed')).toBe('true');
    expect(rows()).toBe(32);
    expect(queues[1]?.getAttribute('aria-label')).toBe('q1 all mapped');
    expect(button(zone('Xen'), 'queue 1: 65576 to 65607, 32 entries, all mapped')).toBeTruthy();

    fireEvent.click(queues[3] as HTMLElement);
    expect(queues[3]?.getAttribute('aria-pressed')).toBe('true');
    expect(rows()).toBe(32);
    expect(zone('Xen').getByRole('row', { name: /^65640/, hidden: true })).toBeTruthy();
    expect(zone('domU 5').getByText('q3 TX ring, 16 pages, 4096 entries')).toBeTruthy();

    fireEvent.click(button(zone('Xen'), /^queue 0: 65544 to 65575/));
    expect(queues[0]?.getAttribute('aria-pressed')).toBe('true');
  });

  it('says which queues could not be made', async () => {
    const view = connected(16, 3);
    show({ ...view, queues: { asked: 4, made: 3 } });
    const row = button(zone('domU 5'), /q3\s*not made, grant references ran out/);
    expect(row.title).toBe('queue 3: not made, grant references ran out');
    expect(zone('domU 5').queryByText(/Queue 3 needs/)).toBeNull();
    fireEvent.click(row);
    expect(await zone('domU 5').findByText(/Queue 3 needs 1024 references for TX and 1024 for RX/)).toBeTruthy();
    expect(button(zone('domU 5'), 'Go to where it failed')).toBeTruthy();
  });

  it('says in words who may use the keys of a directory', async () => {
    show(connected(4, 1));
    const perms = await zone('xenstore').findByRole('button', { name: 'n5,r0', hidden: true });
    fireEvent.focus(perms);
    expect(screen.getByRole('tooltip', { hidden: true }).textContent)
      .toBe('n5,r0 domain 5 owns it; the others: no access; domain 0: may read');
  });

  it('goes back to the first queue when the chosen one is gone', () => {
    const next = show(connected(1, 4));
    fireEvent.click(button(zone('domU 5'), /^q3/));
    next(midMapping());
    expect(zone('domU 5').getByText('TX ring, 4 pages, 1024 entries')).toBeTruthy();
  });

  it('shows the queue that is chosen in the rings lens, and has that show the one chosen here', () => {
    show(connected(1, 4));
    const pressed = (queue: number): string | null =>
      button(zone('domU 5'), new RegExp(`^q${queue}`)).getAttribute('aria-pressed');
    fireEvent.click(button(zone('domU 5'), /^q3/));
    expect(ringChoice.getState().ring).toEqual({ queue: 3, direction: 'tx' });
    act(() => ringChoice.setState({ ring: { queue: 2, direction: 'rx' } }));
    expect([pressed(2), pressed(3)]).toEqual(['true', 'false']);
    // To follow the step chooses none, and a queue that is not there is none.
    act(() => ringChoice.setState({ ring: null }));
    act(() => ringChoice.setState({ ring: { queue: 7, direction: 'rx' } }));
    expect(pressed(2)).toBe('true');
    fireEvent.click(button(zone('domU 5'), /^q1/));
    expect(ringChoice.getState().ring).toEqual({ queue: 1, direction: 'rx' });
  });

  it('says how many grant entries there is no room for', () => {
    const view = connected(16, 1);
    const next = show(view);
    const { rows } = stageLayout(1056, 452).list;
    const more = grantItems(view.grants, view.rings, 0).length - rows;
    expect(more).toBeGreaterThan(0);
    expect(zone('Xen').getByRole('columnheader', { name: `8 bytes ${more} more`, hidden: true })).toBeTruthy();
    next(connected(1, 1));
    expect(zone('Xen').queryByText(/ more$/)).toBeNull();
  });

  it('does not look again at grant rows when a step changed only a thread', () => {
    const view = midMapping();
    let reads = 0;
    const rows = view.grants.rows.map((row): GrantRowView => new Proxy(row, {
      get(target, field) {
        reads += 1;
        return Reflect.get(target, field) as unknown;
      },
    }));
    const watched: StageView = { ...view, grants: { ...view.grants, rows } };
    const next = show(watched);
    expect(reads).toBeGreaterThan(0);
    reads = 0;
    const threads = [{ name: 'xenwatch', party: 'dom0' as const, doing: 'backend_connect', running: true }];
    next({ ...watched, backend: { ...watched.backend, threads } });
    expect(zone('dom0').getByText('backend_connect')).toBeTruthy();
    expect(reads).toBe(0);
  });

  it('marks the index fields that the step changed', () => {
    const view = published();
    const [tx, rx] = view.rings;
    if (tx === undefined || rx === undefined) throw new Error('the mock has no rings');
    show({ ...view, rings: [tx, { ...rx, changed: ['req_prod'] }] });
    const marked = cells(zone('domU 5'), /^ring indexes/, /^req_prod /);
    expect(marked.map((cell) => cell.dataset['hot'])).toEqual([undefined, 'true']);
  });

  it('opens the grants lens for entries that are not the rings’', () => {
    freshPage();
    show(midMapping());
    fireEvent.click(button(zone('Xen'), /^8 to 2055 TX and RX data pools.*open in the grants lens$/));
    expect(appStore.getState()).toMatchObject({ view: 'lens', lens: 'grants', lensOpen: true, lensAsked: 1 });
  });

  it('leaves out the zoom buttons where it is embedded', () => {
    const { unmount } = render(<Stage view={midMapping()} />);
    expect(screen.getByRole('button', { name: 'Zoom in', hidden: true })).toBeTruthy();
    unmount();
    render(<Stage view={midMapping()} variant="embed" />);
    expect(screen.queryByRole('button', { name: 'Zoom in', hidden: true })).toBeNull();
  });
});

describe('a value on the stage', () => {
  const lamp = (name: string, ref: number): HTMLElement =>
    button(zone('Xen'), new RegExp(`^${name} of grant entry ${ref}, `));

  it('asks who wrote it', () => {
    freshPage();
    show(midMapping());
    const asked = (): unknown => appStore.getState().inquiry?.subject;
    fireEvent.click(lamp('reading', 2058));
    expect(asked()).toMatchObject({
      name: 'reading in the flags of grant entry 2058', cell: { cell: 'bytes', offset: 8 * (2058 % 512), length: 2, mask: 8 },
    });
    fireEvent.click(button(zone('Xen'), /^handle for grant reference 2058: 2/));
    expect(asked()).toMatchObject({ cell: { cell: 'slot', name: 'xen:handle:0:2' } });
    fireEvent.click(button(zone('dom0'), /^TX page 2, mapped/));
    expect(asked()).toMatchObject({ cell: { cell: 'slot', name: 'xen:active:5:2058', part: [] } });
    fireEvent.click(button(zone('domU 5'), /^req_prod_pvt of the RX ring of queue 0: /));
    expect(asked()).toMatchObject({
      cell: { cell: 'slot', name: 'netfront:queue:0', part: ['rx', 'indexes', 'req_prod_pvt'] },
    });
    fireEvent.click(button(zone('domU 5'), /^rsp_prod of the TX ring of queue 0: /));
    expect(asked()).toMatchObject({ cell: { cell: 'bytes', frame: 0x8f3c0, offset: 8, length: 4 } });
    fireEvent.click(button(zone('domU 5'), /^Frontend state 4 Connected, published now/));
    expect(asked()).toMatchObject({ cell: { cell: 'slot', name: 'xs:node:/local/domain/5/device/vif/0/state' } });
  });

  it('is no tab stop of its own: a zone is one, and arrows move among its values', async () => {
    show(midMapping());
    const stops = [...document.querySelectorAll<HTMLElement>('[tabindex="0"]')].map((stop) => stop.getAttribute('aria-label'));
    expect(stops).toEqual(['domU 5', 'xenstore', 'Xen', 'dom0'].map((where) => `Values of ${where}`));
    const group = zone('Xen').getByRole('group', { name: 'Values of Xen', hidden: true });
    await zone('Xen').findByRole('button', { name: 'mfn', hidden: true });
    expect(document.querySelector(`[id="${group.getAttribute('aria-describedby')}"]`)?.textContent).toMatch(/^Arrow keys/);
    const at = (): string | null | undefined =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
    const press = (key: string): boolean => fireEvent.keyDown(document.activeElement!, { key });
    group.focus();
    press('End');
    const last = at();
    expect(last).toMatch(/port/);
    press('Home');
    expect(document.activeElement?.textContent).toBe('grant table of domain 5: 5 of 64 frames');
    // The heads that say what they stand for, once they have come.
    for (const head of ['dom', '8 bytes', 'handle', 'mfn']) {
      press('ArrowRight');
      expect(at()).toBe(head);
    }
    press('ArrowRight');
    expect(at()).toMatch(/^8 to 2055/);
    press('ArrowRight');
    expect(at()).toMatch(/^grant entry 2056, /);
    press('Escape');
    expect(document.activeElement).toBe(group);
    press('ArrowDown');
    expect(at()).toMatch(/^grant entry 2056, /);
    press('ArrowLeft');
    expect(at()).toMatch(/^8 to 2055/);
    // What a key does not mean here, it means to the page.
    expect(press('x')).toBe(true);
    expect(press('ArrowRight')).toBe(false);
  });

  it('lights all of its line, and nothing else, while somebody points at it or has the focus on it', async () => {
    const { container } = render(<Stage view={midMapping()} />);
    const litLines = (): (string | undefined)[] =>
      [...container.querySelectorAll<HTMLElement>('[data-line][data-lit]')].map((part) => part.dataset['line']);
    fireEvent.pointerOver(lamp('reading', 2057));
    // The page, the key that names it, its entry, its mapped twin, its machine frame.
    expect(litLines()).toEqual(['2057', '2057', '2057', '2057', '2057']);
    expect(container.querySelector('[data-receding]')).toBeTruthy();
    // The lines between the zones are loaded when the page has begun.
    await expect.poll(() => container.querySelectorAll('[data-kind=page][data-lit]')).toHaveLength(1);
    fireEvent.pointerOver(zone('Xen').getByRole('heading', { name: 'Xen', hidden: true }));
    expect(litLines()).toEqual([]);
    expect(container.querySelector('[data-receding]')).toBeNull();
    act(() => button(zone('domU 5'), /^TX page 1,/).focus());
    expect(litLines()).toContain('2057');
  });
});

describe('Stage, narrow', () => {
  it('stacks the zones in reading order without the map, with references and handles on the tiles', () => {
    Object.defineProperty(window, 'innerWidth', { value: 390, configurable: true });
    const { container } = render(<Stage view={midMapping()} />);
    expect(screen.queryByRole('group', { name: /^Stage/, hidden: true })).toBeNull();
    const titles = screen.getAllByRole('region').map((region) => within(region).getAllByRole('heading')[0]);
    expect(titles.map((title) => title?.textContent)).toEqual(['domU 5', 'xenstore', 'Xen', 'dom0']);
    expect(zone('domU 5').getByText('ref 2058')).toBeTruthy();
    expect(zone('dom0').getByText('handle 2')).toBeTruthy();
    expect(container.querySelector('svg[class*=wires]')).toBeNull();
  });
});
