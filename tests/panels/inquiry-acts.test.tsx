// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import InquiryPanel from '../../src/panels/inquiry/Panel.tsx';
import { pageSubject } from '../../src/panels/stage/subjects.ts';
import { commands } from '../../src/store/commands.ts';
import { mirror } from '../../src/store/connection.ts';
import { appStore } from '../../src/store/store.ts';
import { bytesSubject, grantFlagSubject, keySubject, slotSubject } from '../../src/store/subjects.ts';
import type { Subject } from '../../src/store/subjects.ts';
import { after, realPage } from '../harness/real-page.ts';

beforeEach(() => realPage('netif-multipage'));

/** What the popover offers to break, with a refusal if there is one. */
function offered(subject: Subject): readonly (string | null)[] {
  act(() => commands.inquire(subject));
  return (screen.queryByRole('list', { name: 'Break it' })?.textContent ?? '').split(/(?<=page|key|table|reference)(?=[A-Z])/);
}

const ring = (direction: 'tx' | 'rx') => appStore.getState().stage.rings.find((one) => one.direction === direction)!;

it('a ring page, its grant entry and a bit of that offer to revoke that very page, and do it', () => {
  after('talk_to_netback#transaction_end');
  render(<InquiryPanel />);
  const tx = ring('tx');
  const third = tx.pages[2]!;
  expect(offered(pageSubject(tx, third, 'front'))).toEqual(['Revoke the third TX ring page']);
  expect(offered(bytesSubject('a slot', third.mfn, 0, 12))).toEqual(['Revoke the third TX ring page']);
  expect(offered(grantFlagSubject(mirror, tx.pages[0]!.ref!, 'reading', 8))).toEqual(['Revoke the first TX ring page']);
  fireEvent.click(screen.getByRole('button', { name: 'Revoke the first TX ring page' }));
  expect(appStore.getState().outline!.run.choices.map(([, who]) => who)).toEqual(['act:ref-not-granted']);
});

it('of the others it says where it can be done; of what is none it says nothing', () => {
  after('talk_to_netback#transaction_end');
  render(<InquiryPanel />);
  for (const page of [ring('tx').pages[1]!, ring('rx').pages[0]!]) {
    expect(offered(pageSubject(ring('tx'), page, 'front'))).toEqual(['']);
    expect(screen.getByText(/^Of the ring pages, you can revoke the first and the third/)).toBeTruthy();
  }
  expect(offered(slotSubject('the interface', 'netdev:eth0', 'up'))).toEqual(['']);
  expect(screen.queryByText(/^Of the ring pages/)).toBeNull();
});

it('a key and a port offer what spoils them, and say why not where it is too late', () => {
  after('talk_to_netback#transaction_end');
  render(<InquiryPanel />);
  const key = keySubject('/local/domain/5/device/vif/0/tx-ring-ref0');
  expect(offered(key)).toEqual(['Publish a TX reference beyond the table', 'Remove the TX ring key']);
  expect(offered(keySubject('/local/domain/5/device/vif/0/tx-ring-ref2')))
    .toEqual(['Publish a frame number as third TX reference']);
  const { port } = appStore.getState().stage.ports.find(({ dom }) => dom === 5)!;
  expect(offered(slotSubject('the port', `xen:port:5:${port}`))).toEqual(['Bind netfront’s TX port first']);
  act(() => commands.seek(appStore.getState().outline!.length));
  expect(offered(key)[0]).toContain('too late');
  expect(screen.getByRole('button', { name: 'Remove the TX ring key' }).getAttribute('aria-disabled')).toBe('true');
});
