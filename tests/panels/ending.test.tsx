// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { StoryPanel } from '../../src/panels/story/Panel.tsx';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { appStore } from '../../src/store/store.ts';
import { realPage } from '../harness/real-page.ts';

beforeEach(cleanup);

/** The banner at the end of that scenario, with its own sliders. */
async function atEnd(id: string): Promise<void> {
  realPage(id, scenarios.find((one) => one.id === id)!.defaults).seek(-1);
  render(<StoryPanel />);
  await screen.findByRole('list', { name: 'Listing' });
}

const banner = () => screen.getByText('The run ends here.').closest('p')!;
const FORGOTTEN = 'dom0 keeps a page of the guest mapped that netback has forgotten (reference 2059)';

it('says which page stays mapped for good, and what stays granted', async () => {
  await atEnd('fault-third-page-bad');
  expect(banner().textContent).toContain(FORGOTTEN);
  expect(banner().textContent).toContain('Grant entries that still let dom0 in: 1031, of them for ring pages: 7.');
  expect(banner().textContent).not.toContain('Nothing stays mapped');
  expect(banner().textContent).toContain('here dom0 could not map a ring');
});

it('says so where the guest is dead, too: it is for this page that Xen has to keep it', async () => {
  await atEnd('fault-third-page-bad');
  act(() => commands.act('crash-guest'));
  act(() => commands.seek(appStore.getState().outline!.length));
  expect(banner().textContent).toContain('The guest is dead, but Xen has to keep it');
  expect(banner().textContent).toContain(FORGOTTEN);
});

it('says that nothing stays mapped where all was undone, and how much netback holds where it was not', async () => {
  await atEnd('fault-port-taken');
  expect(banner().textContent).toContain('Nothing stays mapped. Grant entries that still let dom0 in: 258, of them for ring pages: 2.');
  expect(banner().textContent).toContain('here its rings were mapped, and a port could not be bound');
  cleanup();
  await atEnd('fault-hotplug-never');
  expect(banner().textContent).toContain('Ring pages that netback holds mapped: 8.');
});

it('says nothing of it where all went well', async () => {
  for (const id of ['netif-multipage', 'close-unplug']) {
    cleanup();
    await atEnd(id);
    expect(banner().textContent).not.toMatch(/mapped:|stays mapped|let dom0 in/);
  }
});
