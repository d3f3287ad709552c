// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import BreakpointsPanel from '../../src/panels/breakpoints/Panel.tsx';
import ComparePanel from '../../src/panels/compare/Panel.tsx';
import InquiryPanel from '../../src/panels/inquiry/Panel.tsx';
import { Search } from '../../src/panels/lenses/table/tools.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore, useApp } from '../../src/store/store.ts';
import { keySubject } from '../../src/store/subjects.ts';
import { freshPage } from '../harness/page.ts';

function Page() {
  const breakpoints = useApp(({ dialog }) => dialog === 'breakpoints');
  const words = useApp(({ rejected }) => rejected?.reason ?? '');
  return (
    <main>
      <button type="button">the page</button>
      <Search
        name="filter" placeholder="" value={words} found=""
        onChange={(reason) => commands.complain({ command: 'ask', reason })}
      />
      {breakpoints && <BreakpointsPanel />}
      <ComparePanel />
      <InquiryPanel />
    </main>
  );
}

const escape = (from: Element = screen.getByRole('button', { name: 'the page' })) => fireEvent.keyDown(from, { key: 'Escape' });
const open = () => {
  const { inquiry, comparison, dialog } = appStore.getState();
  return [inquiry === null ? [] : 'inquiry', comparison === null ? [] : 'comparison', dialog ?? []].flat();
};

beforeEach(() => {
  freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 25 });
  render(<Page />);
});

describe('panels over the page', () => {
  it('do not lie over one another: the breakpoints close the comparison, and it closes them', () => {
    act(() => commands.compare(1, 5));
    act(() => commands.show('breakpoints'));
    expect(open()).toEqual(['breakpoints']);
    act(() => commands.compare(1, 5));
    expect(open()).toEqual(['comparison']);
  });

  it('close by Escape from the page, what lies on top first', () => {
    act(() => commands.show('breakpoints'));
    act(() => commands.inquire(keySubject('/a')));
    escape();
    expect(open()).toEqual(['breakpoints']);
    escape();
    expect(open()).toEqual([]);
    act(() => commands.compare(1, 5));
    act(() => commands.inquire(keySubject('/a')));
    escape();
    expect(open()).toEqual(['comparison']);
    escape();
    expect(open()).toEqual([]);
  });

  it('close what lies on top also where the focus is in what lies beneath', () => {
    act(() => commands.show('breakpoints'));
    act(() => commands.inquire(keySubject('/a')));
    escape(screen.getByRole('dialog', { name: 'Breakpoints' }));
    expect(open()).toEqual(['breakpoints']);
    escape(screen.getByRole('dialog', { name: 'Breakpoints' }));
    expect(open()).toEqual([]);
  });

  it('stay where a field has a use of its own for Escape', () => {
    act(() => commands.show('breakpoints'));
    const filter = screen.getByRole('searchbox', { name: 'filter' });
    fireEvent.change(filter, { target: { value: 'vif' } });
    escape(filter);
    expect(filter).toHaveProperty('value', '');
    expect(open()).toEqual(['breakpoints']);
    escape(filter);
    expect(open()).toEqual([]);
  });
});
