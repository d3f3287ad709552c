// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LogLens } from '../../../src/panels/lenses/LogLens.tsx';
import { commands } from '../../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../../src/store/config.ts';
import { appStore } from '../../../src/store/store.ts';
import { freshPage, sentTo } from '../../harness/page.ts';

let engine: ReturnType<typeof freshPage>;

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

function print(): void {
  const { stage } = appStore.getState();
  appStore.setState({
    position: 120,
    printed: [['log:dom0', [120]], ['log:domU', [90]]],
    stage: {
      ...stage,
      frontend: { ...stage.frontend, log: ['vif vif-0: Response has incorrect id (256)'] },
      backend: { ...stage.backend, log: ['vif vif-5-0 vif5.0: Guest Rx ready', 'vif vif-5-0: 22 mapping'] },
    },
  });
}

function lines(): (string | null)[] {
  return screen.getAllByRole('listitem').map(({ textContent }) => textContent);
}

describe('the log lens', () => {
  it('says what will be there before anybody has printed', () => {
    render(<LogLens />);
    expect(screen.getByText(/^Neither kernel has printed anything yet/)).toBeTruthy();
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('shows both logs as one, complaints by a word as well, and the lines of this step', () => {
    print();
    render(<LogLens />);
    expect(lines()).toEqual([
      '[     0]dom0vif vif-5-0 vif5.0: Guest Rx ready',
      '[    90]domU 5!Complaintvif vif-0: Response has incorrect id (256)',
      '[   120]dom0!Complaintvif vif-5-0: 22 mapping (22 is the error EINVAL; after it stands what failed)',
    ]);
    expect(screen.getAllByRole('listitem').map(({ dataset }) => dataset['hot'])).toEqual(['false', 'false', 'true']);
  });

  it('leads to the step that printed a line', () => {
    print();
    render(<LogLens />);
    expect(screen.getByRole('button', { name: 'Printed before the first step: go to the start' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Go to step 90, which printed this line' }));
    expect(sentTo(engine)).toEqual([{ type: 'seek', to: 90 }]);
  });

  it('is filtered by who and by text, and says when nothing is left', () => {
    print();
    render(<LogLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'dom0' }));
    expect(lines()).toHaveLength(2);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'MAPP' } });
    expect(lines()).toEqual(['[   120]dom0!Complaintvif vif-5-0: 22 mapping (22 is the error EINVAL; after it stands what failed)']);
    expect(screen.getByRole('status', { name: '1 of 3 lines' }).textContent).toBe('1 of 3');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nobody' } });
    expect(screen.getByText('No line has “nobody” in it.')).toBeTruthy();
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('says of a kernel that has printed nothing that it has not', () => {
    print();
    const { stage } = appStore.getState();
    appStore.setState({ stage: { ...stage, frontend: { ...stage.frontend, log: [] } }, printed: [['log:dom0', [120]]] });
    render(<LogLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'domU 5' }));
    expect(screen.getByText('domU 5 has printed nothing yet.')).toBeTruthy();
  });

  it('copies what is shown, and shows it where the clipboard is forbidden', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>().mockRejectedValueOnce(new Error('forbidden'));
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    print();
    render(<LogLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'domU 5' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    const byHand = within(await screen.findByRole('dialog')).getByRole('textbox');
    expect((byHand as HTMLTextAreaElement).value).toBe('[    90] vif vif-0: Response has incorrect id (256)\n');
    expect(writeText).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
